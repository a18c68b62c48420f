/**
 * The voter's half of congress-ballot/1: keys of a slip, encryption, proofs, signature. It draws nothing and sends nothing.
 *
 * The protocol is docs/congress-ballot-1.md; the bytes are those of tests/vectors/congress-ballot-1.json. Set-up bundles this file with
 * @noble/curves and @noble/hashes into node_modules/heyi/ballot.js, unminified, so that people can read what their telephones run.
 */

import "./floor.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { base32, digest, joined, modulo, scalarBytes, toScalar, tracker, u16, u32, utf8 } from "./encoding.js";
import { G, quickened, readPoint, sumOf } from "./group.js";

export { digest, enc, fromBase32, fromBase64, grouped, scalarBytes, toBase64, toScalar, tracker } from "./encoding.js";

/** To be asked when the slip is scanned, not when the vote is cast: an old browser is then sent to paper in time. */
export function canVote() {
    return typeof BigInt === "function" && typeof globalThis.crypto?.getRandomValues === "function";
}

// Slips and rounds

/** The keys of a slip from the 16 bytes of its QR code. */
export function credential(congress, slip) {
    if (slip.length !== 16) throw new RangeError("a slip has 16 bytes");
    const secret = toScalar("cred", utf8(congress), slip);
    return { secret, key: G.multiply(secret).toBytes() };
}

export const slipNumber = (key) => base32(sha256(key), 8);

/**
 * All that a ballot is bound to. `manifest` is the exact bytes published, `credentials` the roll in its order there; `shape` is the number of
 * choices of each item.
 */
export function election(manifest, key, credentials, shape) {
    return { digest: digest("election", manifest, key, digest("creds", ...credentials)), key: quickened(readPoint(key, "key")), shape };
}

export const fingerprint = (of) => base32(of.digest, 20);

/** Fresh for every encryption. `random` is 32 bytes of `crypto.getRandomValues`; if they should be bad, the slip's secret still hides the vote. */
export function hedgedSeed(random, secret, counter, votes) {
    return sha512(joined(random, scalarBytes(secret), u32(counter), Uint8Array.from(votes))).slice(0, 32);
}

// Ballots

/** Encrypts, proves and signs: `votes` holds a choice for each item, counted from 0. Gives the bytes to send, and the tracker to keep. */
export function ballot(of, secret, votes, counter, seed) {
    const key = G.multiply(secret).toBytes();
    const made = encrypted(of, key, votes, counter, seed);
    const proofs = made.items.map((item, i) => proofsOf(of, made, item, i));
    const body = joined(Uint8Array.of(1), of.digest, key, u32(counter), made.ciphertexts, ...proofs);
    return { bytes: joined(body, signature(secret, key, seed, body)), digest: made.digest, tracker: tracker(made.digest) };
}

/** What a second device computes from an opening shown by the first: the tracker must be the one that it had shown before. */
export function openedDigest(of, key, votes, counter, seed) {
    return encrypted(of, key, votes, counter, seed).digest;
}

/** What is posted when a voter challenges his device: the promise, and what opens it. Never for a ballot that was cast. */
export function challenge(of, key, votes, counter, seed) {
    return joined(openedDigest(of, key, votes, counter, seed), key, u32(counter), seed, Uint8Array.from(votes));
}

function encrypted(of, key, votes, counter, seed) {
    if (votes.length !== of.shape.length || votes.some((vote, i) => !(vote >= 0 && vote < of.shape[i]))) {
        throw new RangeError("one choice for each item");
    }
    const nonce = (label, i, j) => toScalar("nonce", seed, of.digest, key, u32(counter), utf8(label), u16(i), u16(j));
    const items = votes.map((vote, i) => Array.from({ length: of.shape[i] }, (_, j) => encryptedChoice(of, nonce("r", i, j), j === vote)));
    const ciphertexts = joined(...items.flat().flatMap((one) => [one.alpha.toBytes(), one.beta.toBytes()]));
    return { items, ciphertexts, nonce, digest: digest("ballot", of.digest, key, u32(counter), ciphertexts) };
}

function encryptedChoice(of, r, isChosen) {
    const hidden = of.key.multiply(r);
    return { r, isChosen, alpha: G.multiply(r), beta: isChosen ? hidden.add(G) : hidden };
}

function proofsOf(of, made, item, i) {
    return joined(...item.map((one, j) => choiceProof(of, made, one, i, j)), oneProof(of, made, item, i));
}

/** 0 or 1: the true branch honestly, the false one made up around a challenge chosen beforehand. */
function choiceProof(of, made, { r, isChosen, alpha, beta }, i, j) {
    const { nonce } = made;
    const w = nonce("w", i, j);
    const [yes, no] = isChosen ? [1, 0] : [0, 1];
    const challenges = [0n, 0n];
    const responses = [0n, 0n];
    challenges[no] = nonce(`c${no}`, i, j);
    responses[no] = nonce(`z${no}`, i, j);
    const a = modulo(responses[no] + challenges[no] * r);
    const shift = G.multiply(challenges[no]);
    const hidden = of.key.multiply(a);
    const commitments = [];
    commitments[yes] = [G.multiply(w), of.key.multiply(w)];
    commitments[no] = [G.multiply(a), isChosen ? hidden.add(shift) : hidden.subtract(shift)];
    const said = joined(...commitments.flat().map((point) => point.toBytes()));
    const whole = toScalar("or", made.digest, u16(i), u16(j), alpha.toBytes(), beta.toBytes(), said);
    challenges[yes] = modulo(whole - challenges[no]);
    responses[yes] = modulo(w - challenges[yes] * r);
    return joined(...challenges.map(scalarBytes), ...responses.map(scalarBytes));
}

/** Exactly one choice of the item is 1. */
function oneProof(of, made, item, i) {
    const r = item.reduce((sum, one) => sum + one.r, 0n);
    const a = sumOf(item.map((one) => one.alpha));
    const b = sumOf(item.map((one) => one.beta));
    const w = made.nonce("one", i, 0);
    const said = [a, b, G.multiply(w), of.key.multiply(w)].map((point) => point.toBytes());
    const c = toScalar("one", made.digest, u16(i), ...said);
    return joined(scalarBytes(c), scalarBytes(w - c * r));
}

function signature(secret, key, seed, body) {
    const w = toScalar("signonce", scalarBytes(secret), seed, body);
    const c = toScalar("sig", sha256(body), key, G.multiply(w).toBytes());
    return joined(scalarBytes(c), scalarBytes(w - c * secret));
}
