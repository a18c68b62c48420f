/** Makes what the vectors ask of the voter's device with the bundled script: inputs as JSON on standard input, products on standard output. */

import { readFileSync } from "node:fs";
import { bytes, hex } from "./floor.mjs";

const asked = JSON.parse(readFileSync(0, "utf8"));
const script = await import(process.argv[2]);

const number = (hexed) => bytes(hexed).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
const part = (one) => (typeof one === "string" ? bytes(one) : bytes(one.repeat.repeat(one.times)));

const hashes = asked.hashes.map(({ tag, parts }) => ({
    H: hex(script.digest(tag, ...parts.map(part))),
    Hs: hex(script.scalarBytes(script.toScalar(tag, ...parts.map(part)))),
}));

const slips = asked.slips.map(({ congress, slip, hedged }) => {
    const { secret, key } = script.credential(congress, bytes(slip));
    return {
        sk: hex(script.scalarBytes(secret)),
        pk: hex(key),
        number: script.slipNumber(key),
        seed: hex(script.hedgedSeed(bytes(hedged.random), secret, hedged.counter, hedged.votes)),
    };
});

const { manifest, Y, roll, shape, voters } = asked.election;
const of = script.election(bytes(manifest), bytes(Y), roll.map(bytes), shape);
const times = [];
const ballots = voters.map(({ sk, votes, counter, seed }) => {
    const at = performance.now();
    const made = script.ballot(of, number(sk), votes, counter, bytes(seed));
    times.push(performance.now() - at);
    return {
        bytes: hex(made.bytes),
        base64: script.toBase64(made.bytes),
        HB: hex(made.digest),
        tracker: made.tracker,
        challenge: hex(script.challenge(of, made.bytes.slice(33, 65), votes, counter, bytes(seed))),
    };
});

const refused = [[], [0], [3, 0, 0], [-1, 0, 0], [0, 0, undefined]].filter((votes) => {
    try {
        script.ballot(of, 5n, votes, 0, new Uint8Array(32));
        return false;
    } catch (error) {
        return error instanceof RangeError;
    }
});

console.log(
    JSON.stringify({
        HE: hex(of.digest),
        shown: script.fingerprint(of),
        canVote: script.canVote(),
        hashes,
        slips,
        ballots,
        refused: refused.length,
        times,
    }),
);
