import { LIMITS, OPERATIONS } from "./facts.js";
import type { Limit } from "./types.js";

/** The API refused a request, or a gateway before it did. */
export class ChatworkError extends Error {
    override name = "ChatworkError";
    /** The method and the path of the operation, such as `GET /rooms/{room_id}`. */
    readonly operation: string;
    /** The HTTP status. */
    readonly status: number;
    /** The texts of the API, in English. Empty if the reply was not the API's, such as HTML. */
    readonly errors: readonly string[];
    /** The reply. Its body has been read. */
    declare readonly response: Response;

    constructor(operation: string, body: unknown, response: Response) {
        const errors = texts(body);
        const reason = errors.length > 0 ? errors.join("; ") : "the reply has no text of the API";
        super(`${operation}: status ${response.status}: ${reason}`);
        this.operation = operation;
        this.status = response.status;
        this.errors = errors;
        // Not enumerable: a log of the error would show hundreds of lines.
        Object.defineProperty(this, "response", { value: response });
    }
}

/** A rate limit is used up: status 429. */
export class RateLimitError extends ChatworkError {
    override name = "RateLimitError";
    /** `account`: all requests of the account. Another name: one room's limit for posts. */
    readonly limit: string;
    /** How many seconds to wait before the next request that counts against the limit. */
    readonly retryAfter: number;

    constructor(operation: string, body: unknown, response: Response) {
        super(operation, body, response);
        const [name, limit] = usedUp(operation, this.errors, response.headers);
        this.limit = name;
        this.retryAfter = name === ACCOUNT ? untilReset(response.headers, limit) : limit.seconds;
    }
}

/** Returns the error for a reply that is not a success. */
export function refused(operation: string, body: unknown, response: Response): ChatworkError {
    const kind = response.status === 429 ? RateLimitError : ChatworkError;
    return new kind(operation, body, response);
}

const ACCOUNT = "account";

function texts(body: unknown): string[] {
    const errors = typeof body === "object" && body !== null && "errors" in body ? body.errors : [];
    return Array.isArray(errors) ? errors.filter((text) => typeof text === "string") : [];
}

/**
 * Returns the limit that a 429 is about. The account's limit is not the cause while requests of the
 * account remain; the text, which may change, is the second sign.
 */
function usedUp(
    operation: string,
    errors: string[] | readonly string[],
    headers: Headers,
): [string, Limit] {
    const limits = (OPERATIONS[operation]?.limits ?? []).flatMap((name) => {
        const limit = LIMITS[name];
        return limit ? [[name, limit] as [string, Limit]] : [];
    });
    const remaining = number(headers, "x-ratelimit-remaining") ?? 0;
    const other = limits.find(([name]) => name !== ACCOUNT);
    if (other && (remaining > 0 || errors.some((text) => text === other[1].error))) return other;
    const account = limits.find(([name]) => name === ACCOUNT);
    return account ?? [ACCOUNT, { requests: 0, seconds: 300, per: ACCOUNT }];
}

/** The seconds until the account's window ends, by the server's clock. At least 1. */
function untilReset(headers: Headers, limit: Limit): number {
    const reset = number(headers, "x-ratelimit-reset");
    if (reset === undefined) return limit.seconds;
    const date = Date.parse(headers.get("date") ?? "");
    const now = Number.isNaN(date) ? Date.now() : date;
    return Math.max(1, Math.ceil(reset - now / 1000));
}

function number(headers: Headers, name: string): number | undefined {
    const value = headers.get(name);
    return value !== null && /^\d+$/.test(value) ? Number(value) : undefined;
}
