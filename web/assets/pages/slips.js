/** Slips are made here, printed and forgotten: only their public keys leave this page, in an order that tells nothing. */

import { credential, slipNumber } from "../ballot.js";
import { all, find, heard, made, qrCode, say, show, word } from "../dom.js";
import { base32, fromBase64, grouped, hex, joined, toBase64 } from "../encoding.js";
import { getJson } from "../net.js";
import { act } from "../post.js";
import { Board } from "../teller.js";

const place = find("[data-slips]");
const { slips: ADDRESS, keys: KEYS, hall: HALL } = place.dataset;
const A_SHEET = 8;

/** Public keys of the slips that lie printed and not registered yet. */
let keys = [];

async function make(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const count = Number(form.get("count"));
    if (!Number.isInteger(count) || count < 1 || count > 5000) return say("refused", word("count"));
    say("refused", "");
    const ceremony = await ceremonyNow();
    const slips = Array.from({ length: count }, () => oneSlip(ceremony));
    keys = slips.map((slip) => slip.key);
    const wifi = { name: form.get("wifi").trim(), password: form.get("wifi-password").trim() };
    const sheets = [];
    for (let at = 0; at < slips.length; at += A_SHEET) {
        sheets.push(made("div", { class: "slip-sheet" }, ...slips.slice(at, at + A_SHEET).map((slip) => drawn(slip, wifi))));
    }
    find("[data-sheets]").replaceChildren(...sheets);
    say("made", word("made", { count, sheets: sheets.length }));
    show("sheet");
}

async function ceremonyNow() {
    const board = new Board();
    for (const entry of (await getJson(KEYS)).entries) board.append({ kind: "ceremony", payload: fromBase64(entry) });
    return { congress: board.ceremony.congress, fingerprint: base32(board.fingerprint.slice(0, 16)) };
}

function oneSlip(ceremony) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const code = base32(bytes);
    const { key } = credential(ceremony.congress, bytes);
    return { code, key, number: slipNumber(key), address: `${HALL}#${code}.${ceremony.fingerprint}` };
}

function drawn({ code, number, address }, wifi) {
    const steps = [word("step-wifi", wifi), word("step-scan"), word("step-pin"), word("step-paper")].slice(wifi.name ? 0 : 1);
    return made(
        "article",
        { class: "slip" },
        made("header", {}, made("b", {}, word("slip")), made("span", {}, word("number", { number: grouped(number) }))),
        made("p", { class: "slip-meeting" }, word("meeting")),
        made("div", { class: "slip-body" }, qrCode(address, word("code-of", { number })), made("ol", {}, ...steps.map((step) => made("li", {}, step)))),
        made("p", { class: "slip-letters" }, grouped(code, " ")),
        made("p", { class: "slip-foot" }, word("foot")),
    );
}

async function register() {
    const sorted = keys.map((key) => [hex(key), key]).sort(([one], [other]) => (one < other ? -1 : 1));
    const { ok, why } = await act(ADDRESS, { box: "e2e", keys: toBase64(joined(...sorted.map(([, key]) => key))) }, word("offline"));
    say("refused", ok ? "" : why.join(" "));
    if (!ok) return;
    forget();
    show("registered");
}

function forget() {
    keys = [];
    find("[data-sheets]").replaceChildren();
}

function discard() {
    forget();
    show("form");
}

find("form[data-make]")?.addEventListener("submit", (event) => make(event).catch((error) => say("refused", String(error))));
heard({ print: () => print(), register, discard });
addEventListener("beforeunload", (event) => {
    if (keys.length) event.preventDefault();
});
for (const one of all("[data-needs-script]")) one.hidden = false;
