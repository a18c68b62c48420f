/** What anybody may look at: an opening that another device shows, and the lines of the public box. */

import { fromBase64 } from "./encoding.js";
import { chosen } from "./choices.js";
import { all, find, made, say, show, word } from "./dom.js";
import { getJson, getText } from "./net.js";
import { publicLines, publishedRound, recomputed } from "./round.js";

const published = async (base, number) => publishedRound(await getJson(`${base}/rounds/${number}/election`), null);

/** On a second device: what the first one had encrypted. */
export async function examine(base, number, opening) {
    const round = await published(base, number);
    const found = recomputed(round, fromBase64(opening));
    say("examined", found.tracker);
    say("verdict", word(found.agrees ? "opening-agrees" : "opening-differs"));
    find("[data-examined]").replaceChildren(...chosen(round.items, found.votes));
    show("examined");
}

/** `own` is a tracker of this telephone's, if it has one. */
export async function showBoard(base, number, own) {
    const lines = publicLines(await getText(`${base}/rounds/${number}/board`), await published(base, number));
    find("[data-lines]").replaceChildren(...lines.map((line) => row(line, line.tracker === own)));
    say("lines", word("lines", { count: lines.length }));
    show("board");
}

function row({ number, tracker, isCast }, isOwn) {
    const cells = [number, tracker, word(isCast ? "cast" : "spoilt")].map((text) => made("td", {}, text));
    return made("tr", { class: isOwn && "own" }, ...cells);
}

export function search(typed) {
    const wanted = typed.toUpperCase().replace(/[\s-]/g, "");
    for (const one of all("[data-lines] tr")) one.hidden = !one.textContent.replace(/-/g, "").includes(wanted);
}
