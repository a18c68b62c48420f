/** Counting without opening a ballot: sums of ciphertexts, parts of k tellers with proofs, and the small number that is left. */

import { Rejected, digest, joined, pieces, readJson, readScalar, scalarBytes, toScalar, u16 } from "./encoding.js";
import { G, IDENTITY, combine, readPoint, sumOf } from "./group.js";
import { lagrange, tellerOf } from "./keys.js";

const PART = 96;

/** The sum of each ciphertext over all ballots, item-major: pairs of points. */
export function aggregate(ballots, ciphertexts) {
    const totals = Array.from({ length: ciphertexts }, () => [IDENTITY, IDENTITY]);
    for (const ballot of ballots) {
        ballot.ciphertexts.forEach(([alpha, beta], x) => {
            totals[x] = [totals[x][0].add(alpha), totals[x][1].add(beta)];
        });
    }
    return totals;
}

/** In the place of HE while the tellers rehearse; `manifest` is HM. */
export const rehearsalContext = (manifest, key) => digest("rehearsal", manifest, key.toBytes());

/** What a teller posts: D of every total, each proved to be share · a. `random` is fresh bytes; without any the nonces hang on the share alone. */
export function parts(context, teller, share, totals, random) {
    const shown = G.multiply(share);
    return joined(
        u16(teller),
        ...totals.flatMap(([a], x) => {
            const d = a.multiply(share);
            const w = toScalar("dec-w", scalarBytes(share), context, u16(x), a.toBytes(), random);
            const c = challenge(context, x, teller, [shown, a, d, G.multiply(w), a.multiply(w)]);
            return [d.toBytes(), scalarBytes(c), scalarBytes(w - c * share)];
        }),
    );
}

export function readParts(bytes, ciphertexts) {
    if (bytes.length !== 2 + PART * ciphertexts) throw new Rejected("length", "share");
    return [tellerOf(bytes), pieces(bytes.slice(2), PART)];
}

/** Each D, proved. Rejects naming teller and ciphertext. */
export function checkedParts(context, teller, shown, totals, sent) {
    return sent.map((part, x) => {
        const where = `teller ${teller} ciphertext ${x}`;
        const [point, ...proof] = pieces(part, 32);
        const d = readPoint(point, where);
        const [c, z] = proof.map((one) => readScalar(one, where));
        const [a] = totals[x];
        if (challenge(context, x, teller, [shown, a, d, combine([z, G], [c, shown]), combine([z, a], [c, d])]) !== c) {
            throw new Rejected("share", where);
        }
        return d;
    });
}

/** t · G of each total, from the parts of the first k tellers; `partsOf` has teller → his D. */
export function opened(totals, partsOf, k) {
    const tellers = [...partsOf.keys()].sort((one, other) => one - other).slice(0, k);
    if (tellers.length < k) throw new Rejected("few", "tellers");
    return totals.map(([, b], x) => b.subtract(sumOf(tellers.map((teller) => partsOf.get(teller)[x].multiplyUnsafe(lagrange(tellers, teller))))));
}

/** t of each t · G with 0 ≤ t ≤ most, by baby and giant steps. */
export function discreteLogs(points, most) {
    const step = Math.floor(Math.sqrt(most)) + 1;
    const baby = new Map();
    let giant = IDENTITY;
    for (let t = 0; t < step; t++) {
        baby.set(giant.toHex(), t);
        giant = giant.add(G);
    }
    return points.map((point) => {
        for (let giants = 0; giants <= Math.floor(most / step); giants++) {
            const found = giants * step + (baby.get(point.toHex()) ?? Infinity);
            if (found <= most) return found;
            point = point.subtract(giant);
        }
        throw new Rejected("result", "no number of votes");
    });
}

// Result

/** passed, rejected, half (exactly half where the rule can be read both ways), or null where the item has no rule. */
export function outcome(inFavour, threshold) {
    if (!threshold) return null;
    const [twice, of] = [2 * inFavour, threshold.of];
    if (threshold.operator === "ask" && twice === of) return "half";
    return twice > of || (threshold.operator === "ge_half" && twice === of) ? "passed" : "rejected";
}

/** Item → choice → votes. Rejects where an item's choices do not add up to the ballots. */
export function totalsOf(logs, shape, ballots) {
    let at = 0;
    return shape.map((choices, i) => {
        const totals = logs.slice(at, (at += choices));
        if (totals.reduce((sum, votes) => sum + votes, 0) !== ballots) throw new Rejected("result", `item ${i}`);
        return totals;
    });
}

/** What was published must say, by content, what was counted. */
export function checkPublished(bytes, round, ballots, totals) {
    const computed = {
        v: 1,
        ballots,
        items: round.items.map((item, i) => ({ id: item.id, totals: totals[i], outcome: outcome(totals[i][0], item.threshold) })),
    };
    if (spelt(readJson(bytes, "result")) !== spelt(computed)) throw new Rejected("result", "published");
}

const spelt = (value) =>
    JSON.stringify(value, (_, one) =>
        one && typeof one === "object" && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one,
    );

const challenge = (context, x, teller, points) => toScalar("dec", context, u16(x), u16(teller), ...points.map((point) => point.toBytes()));
