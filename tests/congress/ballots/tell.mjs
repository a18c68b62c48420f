/** Makes what the vectors ask of a teller's device with the bundled script, and says why it rejects boards: inputs as JSON on standard input. */

import { readFileSync } from "node:fs";
import { bytes, hex } from "./floor.mjs";

const { case: given, boards, opening, published } = JSON.parse(readFileSync(0, "utf8"));
const script = await import(process.argv[2]);

const everyone = (make) => Object.fromEntries(given.seeds.map((seed, at) => [at + 1, make(at + 1, bytes(seed))]));
const mapped = (of) => new Map(Object.entries(of).map(([teller, made]) => [Number(teller), made]));
const hexed = (of) => Object.fromEntries(Object.entries(of).map(([teller, made]) => [teller, hex(made)]));

function made() {
    const of = { digest: bytes(given.HM), k: given.k, n: given.seeds.length };
    const reveals = everyone((teller, seed) => script.revealBytes(script.reveal(of, teller, seed)));
    const commitments = everyone((teller) => script.commitment(of, teller, reveals[teller]));
    const shown = mapped(everyone((teller) => script.checkedReveal(of, teller, commitments[teller], reveals[teller])));
    const sent = everyone((teller, seed) => script.shares(of, teller, seed, shown));
    const z = everyone((teller, seed) => script.secretShare(of, teller, seed, shown, mapped(sent)));
    const ballots = given.ballots.map((one) => {
        const ballot = script.readBallot(bytes(one), { digest: bytes(given.HE), shape: given.shape });
        script.checkPoints(ballot, new Set());
        return ballot;
    });
    const totals = script.aggregate(ballots, given.shape.reduce((sum, choices) => sum + choices));
    const parts = everyone((teller) => script.parts(bytes(given.HE), teller, z[teller], totals, new Uint8Array()));
    const proved = [1, 3].map((teller) => {
        const [, each] = script.readParts(parts[teller], totals.length);
        return [teller, script.checkedParts(bytes(given.HE), teller, script.publicShare(teller, shown), totals, each)];
    });
    const points = script.opened(totals, new Map(proved), of.k);
    return {
        reveals: hexed(reveals),
        commitments: hexed(commitments),
        fingerprint: hex(script.fingerprintOf(shown)),
        spoken: script.spoken(script.fingerprintOf(shown)),
        shares: hexed(sent),
        z: hexed(everyone((teller) => script.scalarBytes(z[teller]))),
        share_pub: hexed(everyone((teller) => script.publicShare(teller, shown).toBytes())),
        Y: script.jointKey(shown).toHex(),
        aggregate: totals.map((pair) => pair.map((point) => point.toHex())),
        parts: hexed(parts),
        opened: points.map((point) => point.toHex()),
        result: script.totalsOf(script.discreteLogs(points, ballots.length), given.shape, ballots.length),
    };
}

async function code(text) {
    try {
        await script.checkedBoard(script.readExport(text));
        return null;
    } catch (error) {
        return error.code ?? String(error.stack);
    }
}

/** Opens the boards one after the other with one memory; `seen` is a head that the device saw meanwhile. */
async function opens({ teller, seed, boards }) {
    const memory = { heads: [], opened: {} };
    const known = new Map();
    const answers = [];
    for (const { text, seen } of boards) {
        if (!known.has(text)) known.set(text, await script.checkedBoard(script.readExport(text)));
        memory.heads.push(...seen);
        try {
            answers.push(hex(script.open(known.get(text), teller, bytes(seed), memory, new Uint8Array())));
        } catch (error) {
            answers.push(error.code ?? String(error.stack));
        }
    }
    return answers;
}

/** What a telephone says of receipts, once it has believed what was published; or why it does not believe it. */
function receipts({ sent, of, shown }) {
    try {
        const { server } = script.publishedRound(sent, null);
        return shown.map((receipt) => script.isReceipt(server, of, receipt));
    } catch (error) {
        return error.code ?? String(error.stack);
    }
}

const answer = { made: made(), codes: [], opened: await opens(opening), receipts: published.map(receipts) };
for (const text of boards) answer.codes.push(await code(text));
console.log(JSON.stringify(answer));
