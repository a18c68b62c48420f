/** Rounds and ballots as they are read from the board: taken apart, and checked in the order in which a server checks them, the cheap first. */

import { sha256 } from "@noble/hashes/sha2.js";
import { ORDER, Rejected, digest, hex, joined, pieces, readHex, readJson, readNumber, readScalar, toScalar, tracker, u16, u32 } from "./encoding.js";
import { G, combine, readPoint, sumOf } from "./group.js";

const HEADER = 69;
const LEAST_MINIMUM = 5;
const OPERATORS = ["gt_half", "ge_half", "ask"];

const isText = (value) => typeof value === "string";

/** `manifest` is the exact bytes published. */
export function roundOf(manifest) {
    const read = readJson(manifest, "round");
    const worded = ["congress", "round", "title", "shape", "revote", "ceremony", "Y"].every((key) => isText(read[key]));
    if (!worded || read.v !== 1 || read.shape !== "multi" || !["last", "first"].includes(read.revote)) throw new Rejected("manifest", "round");
    if (!Number.isInteger(read.min_ballots) || read.min_ballots < LEAST_MINIMUM) throw new Rejected("manifest", "min_ballots");
    if (!Array.isArray(read.items) || !(1 <= read.items.length && read.items.length <= 999)) throw new Rejected("manifest", "items");
    read.items.forEach(checkItem);
    if (new Set(read.items.map((item) => item.id)).size !== read.items.length) throw new Rejected("manifest", "round");
    return {
        manifest,
        congress: read.congress,
        title: read.title,
        items: read.items,
        revote: read.revote,
        minBallots: read.min_ballots,
        ceremony: readHex(read.ceremony, "round"),
        key: readHex(read.Y, "round"),
        shape: read.items.map((item) => item.choices.length),
    };
}

function checkItem(item) {
    if (item === null || typeof item !== "object" || !isText(item.id) || !isText(item.title)) throw new Rejected("manifest", "items");
    const { choices, threshold = null } = item;
    if (!Array.isArray(choices) || !(2 <= choices.length && choices.length <= 255) || !choices.every(isText)) {
        throw new Rejected("manifest", "choices");
    }
    if (threshold !== null && !(Number.isInteger(threshold.of) && threshold.of >= 1 && OPERATORS.includes(threshold.operator))) {
        throw new Rejected("manifest", "threshold");
    }
}

/** A ballot taken apart; nothing of it is checked but its length. */
export function readBallot(bytes, of) {
    const ciphertexts = of.shape.reduce((sum, choices) => sum + choices, 0);
    const proofsAt = HEADER + 64 * ciphertexts;
    if (bytes.length !== proofsAt + 128 * ciphertexts + 64 * of.shape.length + 64) throw new Rejected("length");
    const credential = bytes.slice(33, 65);
    const counter = readNumber(bytes.slice(65, HEADER));
    const encrypted = bytes.slice(HEADER, proofsAt);
    const bound = digest("ballot", of.digest, credential, u32(counter), encrypted);
    return {
        version: bytes[0],
        election: bytes.slice(1, 33),
        credential: hex(credential),
        counter,
        encoded: pieces(encrypted, 32),
        scalars: pieces(bytes.slice(proofsAt), 32),
        body: bytes.slice(0, -64),
        digest: bound,
        tracker: tracker(bound),
    };
}

export function checkHeader(ballot, of, roll) {
    if (ballot.version !== 1) throw new Rejected("version");
    if (hex(ballot.election) !== hex(of.digest)) throw new Rejected("election");
    if (!roll.has(ballot.credential)) throw new Rejected("credential");
}

export function checkSignature(ballot, credential) {
    const [c, z] = ballot.scalars.slice(-2).map((part) => readScalar(part, "signature"));
    const witness = combine([z, G], [c, credential]);
    if (toScalar("sig", sha256(ballot.body), credential.toBytes(), witness.toBytes()) !== c) throw new Rejected("sig");
}

/** Canonical, and none of them on the board before (`known`, in hex) or twice in this ballot; leaves the ballot with its `ciphertexts`. */
export function checkPoints(ballot, known) {
    const shown = ballot.encoded.map(hex);
    if (new Set(shown).size !== shown.length || shown.some((point) => known.has(point))) throw new Rejected("dup");
    const points = ballot.encoded.map((bytes, n) => readPoint(bytes, `ciphertext ${n >> 1}`));
    ballot.ciphertexts = points.filter((_, n) => n % 2 === 0).map((alpha, x) => [alpha, points[2 * x + 1]]);
}

/** Every choice is 0 or 1, every item has exactly one 1. */
export function checkProofs(ballot, of) {
    let [at, x] = [0, 0];
    of.shape.forEach((choices, i) => {
        const item = ballot.ciphertexts.slice(x, (x += choices));
        item.forEach((pair, j) => {
            const where = `item ${i} choice ${j}`;
            checkChoice(ballot, of, i, j, pair, ballot.scalars.slice(at, (at += 4)).map((part) => readScalar(part, where)));
        });
        checkOne(ballot, of, i, item, ballot.scalars.slice(at, (at += 2)).map((part) => readScalar(part, `item ${i}`)));
    });
}

function checkChoice(ballot, of, i, j, [alpha, beta], [c0, c1, z0, z1]) {
    const branches = [[c0, z0, beta], [c1, z1, beta.subtract(G)]];
    const said = branches.flatMap(([c, z, point]) => [combine([z, G], [c, alpha]), combine([z, of.key], [c, point])]);
    const whole = toScalar("or", ballot.digest, u16(i), u16(j), alpha.toBytes(), beta.toBytes(), joined(...said.map((one) => one.toBytes())));
    if (whole !== (c0 + c1) % ORDER) throw new Rejected("or", `item ${i} choice ${j}`);
}

function checkOne(ballot, of, i, item, [c, z]) {
    const [a, b] = [0, 1].map((side) => sumOf(item.map((pair) => pair[side])));
    if (a.is0() || b.is0()) throw new Rejected("point", `item ${i}`);
    const said = [a, b, combine([z, G], [c, a]), combine([z, of.key], [c, b.subtract(G)])];
    if (toScalar("one", ballot.digest, u16(i), ...said.map((point) => point.toBytes())) !== c) throw new Rejected("one", `item ${i}`);
}
