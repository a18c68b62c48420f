/** A teller's place in the ceremony. People press, print, read digits to each other and confirm; everything else follows from the seed by itself. */

import { all, find, heard, qrCode, say, show, shown, word } from "../dom.js";
import { Memory } from "../memory.js";
import { polled } from "../net.js";
import { act } from "../post.js";
import { Board, Rejected, fromBase64, isSeedOf, nextStep, readSeed, rehearsed, seedInWords, shareOf, spoken, toBase64 } from "../teller.js";

const place = find("[data-keys]");
const ADDRESS = place.dataset.keys;
const OWN = Number(place.dataset.own);
const SECONDS = 1;

let board = new Board();
let memory = null;
let ceremony = null;
let busy = false;

/** What the server says has been posted; believed only as far as it checks. */
async function hear(now) {
    say("offline", now ? "" : word("offline"));
    if (now && !now.number) return abandoned(now);
    if (!now || busy || (shown() === "failed" && now.number === ceremony?.number)) return;
    busy = true;
    try {
        if (ceremony && now.number !== ceremony.number) return location.reload();
        ceremony = now;
        take(now.entries.map(fromBase64));
        memory ??= OWN ? new Memory(board.ceremony.digest, OWN) : null;
        showTellers();
        await go();
    } catch (error) {
        fail(error);
    } finally {
        busy = false;
    }
}

function take(entries) {
    for (const payload of entries.slice(board.entries.length)) board.append({ kind: "ceremony", payload });
    const kept = board.entries.every(({ payload }, n) => entries[n] && toBase64(entries[n]) === toBase64(payload));
    if (!kept) throw new Rejected("chain", "what was seen before is not there");
}

/** The keys were given up while this page stood open. Where new ones are begun, it begins anew. */
function abandoned({ reason }) {
    say("reason", reason);
    find("[data-seed-code]").replaceChildren();
    say("seed", "");
    show("abandoned");
}

/** A teller who sent what is false is named to everybody; all begin again. */
function fail(error) {
    const [, number] = /teller (\d+)/.exec(error.where ?? "") ?? [];
    const name = number && board.ceremony?.tellers[number - 1];
    if (!(error instanceof Rejected)) say("failure", word("broken", { what: String(error.message ?? error) }));
    else say("failure", name ? word("false-teller", { name, code: error.code }) : word("false-server", { code: error.code }));
    show("failed");
}

function showTellers() {
    const done = [board.commitments, board.reveals, board.sharings];
    for (const row of all("[data-teller]")) {
        const teller = Number(row.dataset.teller);
        const marks = [...done.map((taken) => taken.has(teller)), ceremony.rehearsed.includes(teller)];
        const mark = find("[data-mark]", row);
        mark.textContent = word(`done-${marks.lastIndexOf(true) + 1}`);
        mark.classList.toggle("ok", marks[2]);
    }
    say("state", ceremony.label);
}

/** Whatever comes next for this teller. */
async function go() {
    if (ceremony.ready) return show("ready");
    if (!memory) return show("watching");
    if (!memory.seed) return show(board.commitments.has(OWN) ? "lost" : "begin");
    if (!memory.isSealed) return showEnvelope();
    if (board.step >= 3 && !memory.hasCompared) return compare();
    const step = nextStep(board, OWN, memory.seed);
    if (step) {
        show("working");
        await post({ step: step.step, sent: toBase64(step.payload) });
        return;
    }
    if (board.step < 4) return wait();
    shareOf(board, OWN, memory.seed);
    if (ceremony.dummy && !ceremony.rehearsed.includes(OWN)) return show("rehearse");
    return wait();
}

function wait() {
    const done = [null, board.commitments, board.reveals, board.sharings][board.step];
    const missing = board.ceremony.tellers.filter((_, at) => (done ? !done.has(at + 1) : !ceremony.rehearsed.includes(at + 1)));
    say("missing", word(`waiting-${board.step}`, { names: missing.join(word("comma")) }));
    show("waiting");
}

function compare() {
    say("digits", spoken(board.fingerprint));
    show("compare");
}

async function post(fields) {
    const { ok, why } = await act(ADDRESS, fields, word("offline"));
    say("refused", ok ? "" : why.join(" "));
    return ok;
}

// What the teller presses

function begin() {
    try {
        memory.keep({ seed: crypto.getRandomValues(new Uint8Array(32)) });
        navigator.storage?.persist?.();
    } catch {
        memory.seed = null;
        return say("refused", word("keeps-nothing"));
    }
    return showEnvelope();
}

function showEnvelope() {
    if (shown() === "envelope") return;
    const words = seedInWords(memory.seed);
    find("[data-seed-code]").replaceChildren(qrCode(words, word("seed-code")));
    say("seed", words);
    show("envelope");
}

function seal() {
    memory.keep({ isSealed: true });
    find("[data-seed-code]").replaceChildren();
    say("seed", "");
    return again();
}

function agree() {
    memory.keep({ hasCompared: true });
    return again();
}

function disagree() {
    say("failure", word("digits-differ"));
    show("failed");
}

function restore() {
    const seed = readSeed(find('[name="seed"]').value);
    const isIt = seed && isSeedOf(board, OWN, seed);
    say("seed-error", isIt ? "" : word(seed ? "seed-of-another" : "seed-unreadable"));
    if (!isIt) return find('[name="seed"]').focus();
    find('[name="seed"]').value = "";
    memory.keep({ seed, isSealed: true });
    return again();
}

async function rehearse() {
    show("working");
    const random = crypto.getRandomValues(new Uint8Array(32));
    const sent = rehearsed(board, OWN, memory.seed, fromBase64(ceremony.dummy), random);
    if (!(await post({ step: "rehearse", sent: toBase64(sent) }))) show("rehearse");
}

async function again() {
    if (busy) return;
    busy = true;
    try {
        await go();
    } catch (error) {
        fail(error);
    } finally {
        busy = false;
    }
}

heard({ begin, print: () => print(), seal, agree, disagree, rehearse: () => rehearse().catch(fail) });
find("form[data-restore]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    restore();
});
polled(`${ADDRESS}/board`, SECONDS, hear);
