/**
 * The delegate's page: one slip, the round that is open, one choice an item, and what comes back. It keeps no choice once the vote is sent,
 * and sends nothing before the button under the list of choices is pressed. This file with all that it uses is what a telephone runs.
 */

import { canVote } from "../ballot.js";
import { chosen, forgetChoices, object, readBallotForm, showBallotForm } from "../choices.js";
import { find, all, heard, made, qrCode, say, show, shown, word } from "../dom.js";
import { Rejected, grouped, toBase64 } from "../encoding.js";
import { Lost, getJson, getText, polled, postJson } from "../net.js";
import { examine, search, showBoard } from "../public.js";
import { isReceipt, receiptText } from "../receipt.js";
import { publicLines, publishedRound, sealed, voterIn } from "../round.js";
import { restoreSize, turnSize } from "../size.js";
import { castIn, keepCast, keepSlip, keptSlip, readSlip } from "../slip.js";

const BASE = location.pathname.replace(/\/$/, "");
const SECONDS = 2;
const TRIES = 3;
/** How a server says that a ballot of this slip is there already. */
const THERE = "repeated";
const BEFORE_SENDING = ["preparing", "slip", "waiting", "ballot", "check", "offer", "voted", "receipt"];

let slip = null;
/** What is open, with what this slip needs to vote in it. */
let round = null;
/** Encrypted and perhaps sent: its bytes, its tracker, and whether an answer was lost. */
let pending = null;
let busy = false;

const address = (part) => `${BASE}/rounds/${round.number}/${part}`;
/** Out of a plain box nothing can be taken back. */
const mayVoteAnew = () => round.box === "e2e" && round.revote === "last";
const ownCast = () => castIn(slip, round.number);

// What is open

async function hear(now) {
    say("offline", now ? "" : word("offline"));
    if (!now || busy || !BEFORE_SENDING.includes(shown())) return;
    const open = now.round?.state === "open" ? now.round : null;
    if (!open) return wait(now.round);
    say("progress", open.cast ? word("progress", open) : "");
    if (slip && round?.number !== open.number) await exclusively(() => enter(open));
}

/** No two things are done at once, however often a button is pressed. */
async function exclusively(work) {
    if (busy) return;
    busy = true;
    try {
        await work();
    } finally {
        busy = false;
    }
}

function wait(next) {
    if (round && !ownCast() && ["ballot", "check", "offer"].includes(shown())) say("turned", word("over"));
    round = pending = null;
    forgetChoices();
    say("progress", "");
    for (const again of all('[data-do="again"]')) again.hidden = true;
    say("next", word(next ? `round-${next.state}` : "round-none", next ?? {}));
    if (slip && shown() !== "receipt") show("waiting");
}

async function enter(open) {
    try {
        round = { ...open, ...(open.box === "e2e" ? await encrypted(open) : {}) };
    } catch (error) {
        return refuseSlip(error);
    }
    say("turned", "");
    say("round-title", round.title);
    say("secrecy", word(`secrecy-${round.box}`));
    say("revote", word(`revote-${mayVoteAnew() ? "last" : "first"}`));
    say("number", round.voter ? word("number", round.voter) : "");
    say("fingerprint", round.fingerprint ? word("fingerprint", { shown: grouped(round.fingerprint, " ") }) : "");
    find('[data-do="offer"]').hidden = round.box !== "e2e";
    showBallotForm(round);
    if (ownCast()) showCast("voted");
    else show("ballot");
}

async function encrypted(open) {
    const published = publishedRound(await getJson(`${BASE}/rounds/${open.number}/election`), slip);
    return { ...published, voter: voterIn(published, slip) };
}

function refuseSlip(error) {
    round = null;
    if (error instanceof Lost) return say("offline", word("offline"));
    if (!(error instanceof Rejected)) throw error;
    slip = null;
    say("slip-error", word(error.code === "credential" ? "slip-unknown" : "slip-alien"));
    show("slip");
}

// From the choices to the receipt

function check() {
    const form = readBallotForm(round);
    if (!form) return;
    find("[data-choices]").replaceChildren(
        ...chosen(round.items, form.votes, (i) => [
            made("dd", {}, made("button", { type: "button", class: "link", "data-do": "goto", "data-to": `item-${i}-0` }, word("change"))),
        ]),
    );
    show("check");
    history.pushState("check", "");
}

const seal = (votes) => ({ ...sealed(round, round.voter, votes, (ownCast()?.counter ?? -1) + 1), wasLost: false });

async function cast() {
    const { votes, pin, code } = readBallotForm(round);
    show("sending");
    pending ??= round.box === "e2e" ? seal(votes) : { wasLost: false };
    const content = round.box === "e2e" ? { ballot: pending.ballot } : { slip: slip.text, choices: votes };
    const answer = await delivered("ballots", { ...content, pin, code });
    if (!answer) return show("unknown");
    await take(answer);
}

/** The same bytes again where no answer came: one of them arrives, and the others find it there. */
async function delivered(part, content) {
    for (let tried = 1; tried <= TRIES; tried++) {
        try {
            return await postJson(address(part), content);
        } catch (error) {
            if (!(error instanceof Lost)) throw error;
            pending.wasLost = true;
            await new Promise((done) => setTimeout(done, 1000 * tried));
        }
    }
    return null;
}

async function take({ ok, receipt, refused, why }) {
    const isThere = refused === THERE;
    if (ok || (isThere && pending.wasLost)) return remember(pending.counter, pending.tracker, receipt, "receipt");
    if (isThere) return findCast();
    pending = null;
    show("ballot");
    object(refused, why);
}

/** Another telephone, or this one before its storage was emptied, has cast with this slip. */
async function findCast() {
    if (round.box !== "e2e") return remember(0, null, null, "voted");
    const lines = publicLines(await getText(address("board")), round);
    const last = lines.filter((line) => line.isCast && line.number === round.voter.number).pop();
    return remember(last?.counter, last?.tracker, null, "voted");
}

function remember(counter = 0, tracker = null, receipt, view) {
    const signed = receipt ? isReceipt(round.server, tracker, receipt) : null;
    keepCast(slip, round.number, { counter, tracker, signed, receipt: receipt ? receiptText(receipt) : null });
    pending = null;
    forgetChoices();
    history.replaceState("cast", "");
    showCast(view);
}

function showCast(view) {
    const { tracker, receipt, signed } = ownCast();
    say("tracker", tracker ?? "");
    say("keep", tracker ? word("keep") : "");
    say("signed", signed === true ? word("signed") : "");
    say("unsigned", signed === false ? word("unsigned") : "");
    say("without-tracker", tracker ? "" : word(`without-tracker-${round.box}`));
    for (const link of all('[data-do="board"]')) {
        link.hidden = round.box !== "e2e";
        link.dataset.round = round.number;
    }
    for (const again of all('[data-do="again"]')) again.hidden = !mayVoteAnew();
    find("[data-receipt]").replaceChildren(...(receipt ? [qrCode(receipt, word("receipt-code"))] : []));
    show(view);
}

// Cast or challenge

/** The tracker is shown before anybody says whether this ballot will be cast: a false device cannot know when to behave. */
function offer() {
    pending = seal(readBallotForm(round).votes);
    say("offered", pending.tracker);
    show("offer");
}

async function open() {
    const { pin, code } = readBallotForm(round);
    const link = `${location.origin}${BASE}#check.${round.number}.${toBase64(pending.opening)}`;
    const answer = await delivered("spoils", { spoil: toBase64(pending.opening), pin, code });
    if (answer?.ok) {
        say("opened", pending.tracker);
        find("[data-opening]").replaceChildren(qrCode(link, word("opening-code")), made("p", {}, made("a", { href: link }, word("opening-link"))));
    }
    pending = null;
    show(answer?.ok ? "opening" : "ballot");
    if (!answer?.ok) object(answer?.refused, answer?.why ?? word("offline"));
}

// The page

function takeSlip() {
    const typed = find('[name="slip"]').value;
    const isSlip = readSlip(typed) !== null;
    say("slip-error", isSlip ? "" : word("slip-unreadable"));
    if (!isSlip) return find('[name="slip"]').focus();
    return begin(typed);
}

function begin(text) {
    slip = keepSlip(text);
    round = null;
    show("waiting");
    return look();
}

const look = async () => hear(await getJson(`${BASE}/now`).catch(() => null));

function goTo({ dataset }) {
    if (shown() !== "ballot") backToBallot();
    const box = document.getElementById(dataset.to);
    box.focus();
    box.scrollIntoView({ block: "center" });
}

function backToBallot() {
    pending = null;
    show("ballot");
}

/** What stands behind # is read and taken out of the address at once: it must not stay in the history of a telephone. */
function readFragment() {
    const [what, ...rest] = location.hash.slice(1).split(".");
    history.replaceState(null, "", BASE);
    if (what === "check" && rest.length === 2) return examine(BASE, ...rest);
    if (what === "board" && rest.length === 1) return showBoard(BASE, rest[0], null);
    const scanned = [what, ...rest].join(".");
    if (readSlip(scanned)) return begin(scanned);
    slip ??= keptSlip();
    if (!slip) return show("slip");
    if (shown() === "preparing") show("waiting");
    return look();
}

function start() {
    restoreSize();
    if (!canVote()) return show("unable");
    heard({
        back: backToBallot,
        board: ({ dataset }) => showBoard(BASE, dataset.round, castIn(slip, dataset.round)?.tracker),
        cast: () => exclusively(cast),
        goto: goTo,
        home: () => (round && slip && ownCast() ? showCast("voted") : show(slip ? "waiting" : "slip")),
        large: turnSize,
        offer,
        again: backToBallot,
        open: () => exclusively(open),
    });
    addEventListener("click", (event) => event.target.closest("a[data-do]") && event.preventDefault());
    addEventListener("hashchange", () => location.hash && readFragment());
    addEventListener("popstate", () => {
        if (["check", "offer"].includes(shown())) backToBallot();
    });
    find("form[data-ballot]").addEventListener("submit", (event) => {
        event.preventDefault();
        check();
    });
    find("form[data-slip]").addEventListener("submit", (event) => {
        event.preventDefault();
        takeSlip();
    });
    find('[name="search"]').addEventListener("input", (event) => search(event.target.value));
    for (const one of all("[data-needs-script]")) one.hidden = false;
    readFragment();
    polled(`${BASE}/now`, SECONDS, hear);
}

start();
