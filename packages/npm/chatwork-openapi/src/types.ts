/** A rate limit: at most `requests` in any `seconds`, counted by `per`. */
export interface Limit {
    requests: number;
    seconds: number;
    /** `account`, or the name of a path parameter. */
    per: string;
    /** The text of this limit's 429, if it has one of its own. */
    error?: string;
}

/** What the client needs to know of an operation. */
export interface Operation {
    /** The names of the limits that a request counts against. */
    limits: string[];
    /** Whether 204 stands for an empty list. */
    emptyList: boolean;
}
