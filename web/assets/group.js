/** The group of congress-ballot/1, ristretto255. Points travel as their 32 bytes; what handles public data only may be quicker than what handles secrets. */

import "./floor.js";
import { ristretto255 } from "@noble/curves/ed25519.js";
import { Rejected } from "./encoding.js";

const { Point } = ristretto255;
export const G = Point.BASE;
export const IDENTITY = Point.ZERO;

/** A point as it was received: in the only encoding of RFC 9496, and not the identity. */
export function readPoint(bytes, where) {
    let point;
    try {
        point = Point.fromBytes(bytes);
    } catch {
        throw new Rejected("point", where);
    }
    if (point.is0()) throw new Rejected("point", where);
    return point;
}

export const sumOf = (points) => points.reduce((sum, point) => sum.add(point), IDENTITY);

/** The sum of scalar · point over public pairs. */
export const combine = (...pairs) => sumOf(pairs.map(([scalar, point]) => point.multiplyUnsafe(scalar)));

/** Makes products with this point quick; worth it from about ten. */
export function quickened(point) {
    point.precompute?.(8);
    return point;
}
