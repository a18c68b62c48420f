/**
 * A teller's device before a closed box: it fetches the board, makes it anew, checks everything on it, and only then opens the one sum of it.
 * While the box is still open it looks on and remembers the heads that it has seen.
 */

import { find, heard, say, show, shown, word } from "../dom.js";
import { Memory } from "../memory.js";
import { Lost, getText } from "../net.js";
import { act } from "../post.js";
import { Board, Rejected, base32, checkedBoard, grouped, isSeedOf, open, readExport, readSeed, toBase64 } from "../teller.js";

const place = find("[data-box]");
const { box: ADDRESS, board: BOARD } = place.dataset;
const OWN = Number(place.dataset.own);
const SECONDS = 10;
const BREATH = 40;

let board = new Board();
let memory = null;

/** Lets the page be drawn between two entries. */
async function breathe(done, of) {
    say("checked", word("checking", { done, of }));
    if (performance.now() - breathe.last < BREATH) return;
    await new Promise((next) => setTimeout(next));
    breathe.last = performance.now();
}
breathe.last = 0;

async function look() {
    const exported = readExport(await getText(BOARD));
    await checkedBoard(exported, board, (done) => breathe(done, exported.entries.length));
    memory ??= OWN ? new Memory(board.ceremony.digest, OWN) : null;
    memory?.see(board.head);
    say("checked", word("checked", { entries: board.entries.length, ballots: board.counted.length }));
    say("election", grouped(base32(board.election.digest, 20), " "));
    say("head", grouped(base32(closingHead(), 20), " "));
    say("teller-names", [...board.parts.keys()].map((teller) => board.ceremony.tellers[teller - 1]).join(word("comma")) || word("nobody"));
}

/** Of the closed box, whatever was put behind it since. */
function closingHead() {
    const at = board.entries.findIndex((entry) => entry.kind === "close");
    return board.heads[at < 0 ? board.heads.length - 1 : at];
}

async function go() {
    try {
        await look();
        if (!board.isClosed) show("open");
        else if (board.result || board.parts.has(OWN)) show("posted");
        else if (!memory) show("watching");
        else if (board.counted.length < board.round.minBallots) show("few");
        else show(memory.seed ? "compare" : "lost");
    } catch (error) {
        if (!(error instanceof Rejected || error instanceof Lost)) throw error;
        if (error instanceof Lost) say("offline", word("offline"));
        else fail(error);
    }
    if (["open", "posted", "watching", "preparing"].includes(shown())) setTimeout(go, 1000 * SECONDS);
}

function fail(error) {
    say("failure", word(error.code === "second" ? "second" : "false", { code: error.code, where: error.where }));
    show("failed");
}

async function openBox() {
    show("working");
    await new Promise((next) => setTimeout(next, 50));
    try {
        const sent = open(board, OWN, memory.seed, memory, crypto.getRandomValues(new Uint8Array(32)));
        memory.keep();
        const { ok, why } = await act(ADDRESS, { sent: toBase64(sent) }, word("offline"));
        say("refused", ok ? "" : why.join(" "));
        if (!ok) return show("compare");
        show("posted");
        setTimeout(() => location.reload(), 1500);
    } catch (error) {
        if (!(error instanceof Rejected)) throw error;
        fail(error);
    }
}

function restore() {
    const seed = readSeed(find('[name="seed"]').value);
    const isIt = seed && isSeedOf(board, OWN, seed);
    say("seed-error", isIt ? "" : word(seed ? "seed-of-another" : "seed-unreadable"));
    if (!isIt) return;
    find('[name="seed"]').value = "";
    memory.keep({ seed, isSealed: true, hasCompared: true });
    show("compare");
}

heard({ open: openBox });
find("form[data-restore]").addEventListener("submit", (event) => {
    event.preventDefault();
    restore();
});
go();
