/**
 * The public board of one round, made again from its entries and checked as the protocol says, by whoever trusts nobody.
 *
 * It takes an entry only if it is allowed there, and rejects it with the word of the protocol otherwise.
 */

import { election, openedDigest } from "./ballot.js";
import { PROTOCOL, Rejected, digest, fromBase64, hex, pieces, readNumber, u32, utf8 } from "./encoding.js";
import { readPoint } from "./group.js";
import { SHARE, ceremonyOf, checkedReveal, fingerprintOf, jointKey, publicShare, tellerOf } from "./keys.js";
import { isSigned } from "./receipt.js";
import { checkHeader, checkPoints, checkProofs, checkSignature, readBallot, roundOf } from "./reading.js";
import { aggregate, checkPublished, checkedParts, discreteLogs, opened, readParts, totalsOf } from "./tally.js";

const must = (condition, code, where) => {
    if (!condition) throw new Rejected(code, where);
};

export class Board {
    entries = [];
    heads = [];
    ceremony = null;
    /** Step → teller → what he sent. */
    commitments = new Map();
    reveals = new Map();
    sharings = new Map();
    /** Credential in hex → its point. */
    roll = new Map();
    round = null;
    election = null;
    counters = new Map();
    void = new Set();
    isClosed = false;
    parts = new Map();
    result = null;
    #credentials = [];
    #counted = new Map();
    #ballots = 0;
    #points = new Set();
    #digests = new Set();
    #totals = null;

    append({ kind, payload }) {
        const take = TAKES[kind];
        must(take, "format", kind);
        take(this, payload);
        this.entries.push({ kind, payload });
        this.heads.push(nextHead(this.head, kind, payload));
    }

    get head() {
        return this.heads.length ? this.heads[this.heads.length - 1] : new Uint8Array(32);
    }

    /** One ballot a credential: the one with the highest counter. */
    get counted() {
        return [...this.#counted].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, ballot]) => ballot);
    }

    /** The sums of what is counted; of an open box nobody needs them. */
    get totals() {
        must(this.isClosed, "order", "not closed");
        return (this.#totals ??= aggregate(this.counted, this.#ciphertexts));
    }

    get key() {
        return jointKey(this.reveals);
    }

    get fingerprint() {
        return fingerprintOf(this.reveals);
    }

    get #ciphertexts() {
        return this.round.shape.reduce((sum, choices) => sum + choices, 0);
    }

    get #mayVote() {
        return this.round !== null && !this.isClosed;
    }

    /** What the tellers still have to do in the ceremony: 1 commit, 2 reveal, 3 share; 0 before the manifest, 4 once it is over. */
    get step() {
        if (!this.ceremony) return 0;
        const done = [this.commitments, this.reveals, this.sharings].findIndex((taken) => taken.size < this.ceremony.n);
        return done < 0 ? 4 : done + 1;
    }

    takeCeremony(payload) {
        const step = this.step;
        must(step < 4 && payload[0] === step, "order", "ceremony");
        if (step === 0) {
            this.ceremony = ceremonyOf(payload.slice(1));
            return;
        }
        const [teller, sent] = [tellerOf(payload.slice(1)), payload.slice(3)];
        const taken = [this.commitments, this.reveals, this.sharings][step - 1];
        const where = `teller ${teller}`;
        must(1 <= teller && teller <= this.ceremony.n && !taken.has(teller), "order", where);
        if (step === 1) must(sent.length === 32, "length", where);
        if (step === 3) must(sent.length === SHARE * this.ceremony.n, "length", where);
        taken.set(teller, step === 2 ? checkedReveal(this.ceremony, teller, this.commitments.get(teller), sent) : sent);
    }

    takeCredentials(payload) {
        must(this.step === 4 && !this.roll.size, "order");
        must(payload.length && payload.length % 32 === 0, "length");
        const credentials = pieces(payload, 32);
        const shown = credentials.map(hex);
        must(shown.every((one, n) => n === 0 || shown[n - 1] < one), "credential", "not sorted");
        this.roll = new Map(credentials.map((one, n) => [shown[n], readPoint(one, `credential ${n}`)]));
        this.#credentials = credentials;
    }

    takeRound(payload) {
        must(this.roll.size && !this.round, "order");
        const round = roundOf(payload);
        const its = [round.congress, hex(round.key), hex(round.ceremony)];
        const ours = [this.ceremony.congress, this.key.toHex(), hex(this.fingerprint)];
        must(its.every((one, n) => one === ours[n]), "manifest", "of another ceremony");
        this.round = round;
        this.election = election(payload, round.key, this.#credentials, round.shape);
    }

    /** The cheap checks first. */
    takeBallot(payload) {
        must(this.#mayVote, "order");
        const ballot = readBallot(payload, this.election);
        checkHeader(ballot, this.election, this.roll);
        must(!this.void.has(ballot.credential), "void");
        const last = this.counters.has(ballot.credential) ? this.counters.get(ballot.credential) : -1;
        must(ballot.counter > last && !(this.round.revote === "first" && ballot.counter > 0), "counter");
        checkSignature(ballot, this.roll.get(ballot.credential));
        checkPoints(ballot, this.#points);
        must(!this.#digests.has(hex(ballot.digest)), "dup");
        checkProofs(ballot, this.election);
        this.counters.set(ballot.credential, ballot.counter);
        this.#counted.set(ballot.credential, ballot);
        this.#ballots += 1;
        ballot.encoded.forEach((point) => this.#points.add(hex(point)));
        this.#digests.add(hex(ballot.digest));
    }

    takeSpoil(payload) {
        must(this.#mayVote, "order");
        must(payload.length === 100 + this.round.shape.length, "length", "opening");
        const [promised, key, votes] = [payload.slice(0, 32), payload.slice(32, 64), [...payload.slice(100)]];
        must(votes.every((vote, i) => vote < this.round.shape[i]), "spoil", "votes");
        must(this.roll.has(hex(key)), "credential");
        const made = openedDigest(this.election, key, votes, readNumber(payload.slice(64, 68)), payload.slice(68, 100));
        must(hex(made) === hex(promised), "spoil");
        must(!this.#digests.has(hex(promised)), "dup");
        this.#digests.add(hex(promised));
    }

    takeVoid(payload) {
        must(this.roll.size && !this.isClosed, "order");
        const credential = hex(payload);
        must(this.roll.has(credential), "credential");
        must(!this.void.has(credential) && !this.counters.has(credential), "void");
        this.void.add(credential);
    }

    takeClose(payload) {
        must(this.#mayVote && hex(payload) === hex(u32(this.#ballots)), "order", "number of ballots");
        this.isClosed = true;
    }

    takeShare(payload) {
        must(this.isClosed && !this.result, "order");
        must(this.#counted.size >= this.round.minBallots, "few", "ballots");
        const [teller, sent] = readParts(payload, this.#ciphertexts);
        must(1 <= teller && teller <= this.ceremony.n && !this.parts.has(teller), "share", `teller ${teller}`);
        this.parts.set(teller, checkedParts(this.election.digest, teller, publicShare(teller, this.reveals), this.totals, sent));
    }

    takeResult(payload) {
        must(this.isClosed && !this.result, "order");
        const logs = discreteLogs(opened(this.totals, this.parts, this.ceremony.k), this.#counted.size);
        const totals = totalsOf(logs, this.round.shape, this.#counted.size);
        checkPublished(payload, this.round, this.#counted.size, totals);
        this.result = totals;
    }
}

const TAKES = {
    ceremony: (board, payload) => board.takeCeremony(payload),
    creds: (board, payload) => board.takeCredentials(payload),
    round: (board, payload) => board.takeRound(payload),
    ballot: (board, payload) => board.takeBallot(payload),
    spoil: (board, payload) => board.takeSpoil(payload),
    void: (board, payload) => board.takeVoid(payload),
    close: (board, payload) => board.takeClose(payload),
    share: (board, payload) => board.takeShare(payload),
    result: (board, payload) => board.takeResult(payload),
};

const nextHead = (head, kind, payload) => digest("entry", head, utf8(kind), payload);

/** The entries and the signed head of an exported election, nothing of it checked but the writing. */
export function readExport(text) {
    const lines = text.split("\n");
    const [first, end] = [lines.shift(), lines.pop()];
    const [name, seq, head, signature, ...more] = (lines.pop() || "").split(" ");
    must(first === PROTOCOL && end === "" && name === "head" && seq === String(lines.length - 1) && !more.length, "format");
    const entries = lines.map((line) => {
        const [kind, payload, ...rest] = line.split(" ");
        must(kind in TAKES && payload !== undefined && !rest.length, "format");
        return { kind, payload: fromBase64(payload) };
    });
    return { entries, head: fromBase64(head || ""), signature: fromBase64(signature || "") };
}

/**
 * The board of an export with everything on it checked, chain and signature too. `board` may hold its beginning, checked before; `at` is told
 * after each entry how many are done, and may wait.
 */
export async function checkedBoard(exported, board = new Board(), at = async () => {}) {
    const { entries, head, signature } = exported;
    must(hex(entries.reduce((last, { kind, payload }) => nextHead(last, kind, payload), new Uint8Array(32))) === hex(head), "chain");
    must(isBeginning(board, entries), "chain", "what was seen before is not there");
    for (let n = board.entries.length; n < entries.length; n++) {
        try {
            board.append(entries[n]);
        } catch (error) {
            throw error instanceof Rejected ? new Rejected(error.code, `entry ${n} ${error.where}`.trim()) : error;
        }
        await at(n + 1);
    }
    must(board.ceremony, "order", "no ceremony");
    must(isSigned(board.ceremony.server, entries.length - 1, head, signature), "chain", "signature");
    return board;
}

const isBeginning = (board, entries) =>
    board.entries.every(({ kind, payload }, n) => entries[n] && entries[n].kind === kind && hex(entries[n].payload) === hex(payload));
