/** Paper ballots at a terminal of the hall: two people enter each with the slip it was exchanged for. The same choices make the same bytes. */

import { sha256 } from "@noble/hashes/sha2.js";
import { slipNumber } from "../ballot.js";
import { chosen, forgetChoices, readChoices, showBallotForm } from "../choices.js";
import { find, heard, say, show, word } from "../dom.js";
import { Lost, getJson } from "../net.js";
import { act } from "../post.js";
import { publishedRound, sealedPaper, voterIn } from "../round.js";
import { readSlip } from "../slip.js";
import { Rejected, toBase64 } from "../teller.js";
import { utf8 } from "../encoding.js";

const place = find("[data-papers]");
const { papers: ADDRESS, hall: HALL, number: NUMBER, kind: BOX, content: CONTENT } = place.dataset;

let slip = null;
/** Printed on the slip. */
let number = "";
let votes = [];
let round = null;

async function load() {
    const address = `${HALL}/rounds/${NUMBER}/election`;
    round = BOX === "e2e" ? publishedRound(await getJson(address), null) : JSON.parse(CONTENT);
    showBallotForm(round);
    show("slip");
}

function takeSlip() {
    slip = readSlip(find('[name="slip"]').value.replace(/^.*#/, ""));
    try {
        say("slip-error", slip ? "" : word("slip-unreadable"));
        if (!slip) return;
        number = BOX === "e2e" ? voterIn(round, slip).number : slipNumber(sha256(slip.bytes));
        say("number", word("number", { number }));
        show("ballot");
    } catch (error) {
        if (!(error instanceof Rejected)) throw error;
        say("slip-error", word("slip-unknown"));
    }
}

function check() {
    const read = readChoices(round);
    if (!read) return;
    votes = read;
    find("[data-choices]").replaceChildren(...chosen(round.items, votes));
    show("check");
}

const sealed = () =>
    BOX === "e2e" ? sealedPaper(round, voterIn(round, slip), votes).ballot : toBase64(utf8(JSON.stringify({ slip: slip.text, choices: votes })));

const enter = () => send({ ballot: sealed() }, "check");

/** A paper that is no valid ballot has nothing to encrypt: both tellers say so, and it is counted as used. */
const layAside = () => send({ invalid: number }, "invalid");

async function send(content, view) {
    show("working");
    const { ok, why, said } = await act(ADDRESS, content, word("offline"));
    say("refused", ok ? "" : why.join(" "));
    if (!ok) return show(view);
    say("entered", said);
    next();
}

function next() {
    slip = null;
    votes = [];
    forgetChoices();
    find('[name="slip"]').value = "";
    show("slip");
}

heard({ back: () => show("ballot"), cancel: next, enter, invalid: () => show("invalid"), aside: layAside });
for (const [name, take] of [["slip", takeSlip], ["ballot", check]]) {
    find(`form[data-${name}]`).addEventListener("submit", (event) => {
        event.preventDefault();
        take();
    });
}
load().catch((error) => {
    if (!(error instanceof Lost || error instanceof Rejected)) throw error;
    say("refused", word("offline"));
});
