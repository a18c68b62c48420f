/** Asking the server. Nothing is asked but what the page says, and nothing is kept. */

const PATIENCE = 15_000;

/** There was no answer that could be read: nobody knows whether what was sent arrived. */
export class Lost extends Error {}

async function asked(address, options, read) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
        const answer = await fetch(address, { ...options, signal: stop.signal });
        if (answer.status >= 500) throw new Lost(String(answer.status));
        return await read(answer);
    } catch (error) {
        throw error instanceof Lost ? error : new Lost(String(error));
    } finally {
        clearTimeout(timer);
    }
}

export const getJson = (address) => asked(address, { credentials: "same-origin" }, (answer) => answer.json());

export const getText = (address) => asked(address, { credentials: "same-origin" }, (answer) => answer.text());

/** Without cookies: a vote comes from nobody. */
export const postJson = (address, content) =>
    asked(
        address,
        { method: "POST", credentials: "omit", headers: { "content-type": "application/json" }, body: JSON.stringify(content) },
        (answer) => answer.json(),
    );

/** Asks again and again while the page is looked at, not all telephones at once; tells what came, or `null` where nothing did. */
export function polled(address, seconds, tell) {
    const next = () => setTimeout(ask, 1000 * seconds * (1 + Math.random() / 2));
    async function ask() {
        if (!document.hidden) await tell(await getJson(address).catch(() => null));
        next();
    }
    document.addEventListener("visibilitychange", async () => {
        if (!document.hidden) await tell(await getJson(address).catch(() => null));
    });
    return ask();
}
