/** An account of the world. */
export interface Account {
    key: string;
    name: string;
    account_id: number;
    room_id: number;
    token?: string;
}

/** A room of the world. */
export interface Room {
    room_id: number;
    name: string;
}

/** A request, as the sandbox has seen it. */
export interface LoggedRequest {
    method: string;
    path: string;
    query: string;
    body: string;
    status: number;
    operation?: string;
    [name: string]: unknown;
}

/** What goes wrong next: the README of the sandbox lists the fields. */
export interface Fault {
    operation?: string;
    times?: number;
    skip?: number;
    status?: number;
    body?: string;
    headers?: Record<string, string>;
    rate_limit?: "account" | "room_posting";
    close?: boolean;
    cut?: number;
    delay_ms?: number;
    act?: boolean;
}

/** A running sandbox. */
export interface Sandbox {
    /** The address of the API, for the program under test. */
    readonly baseUrl: string;
    readonly accounts: Account[];
    readonly rooms: Room[];
    readonly apps: Record<string, unknown>[];
    readonly authorizationUrl: string;
    readonly tokenUrl: string;
    /** Returns the API token of an account of the world, for example `hanako`. */
    token(key: string): string;
    /** Restores the world and the clock of the start. Removes faults and logged requests. */
    reset(): Promise<void>;
    /** Adds a fault. */
    fault(fault: Fault): Promise<void>;
    /** Moves the clock forward. */
    advance(seconds: number): Promise<void>;
    /** Returns the requests since the start or the last reset, tokens masked. */
    requests(): Promise<LoggedRequest[]>;
    /** Calls the control API. */
    control(method: string, path: string, body?: unknown): Promise<unknown>;
    /** Ends the sandbox. */
    stop(): Promise<void>;
}

/** How to start a sandbox. */
export interface SandboxOptions {
    /** The program. Left out: that of CHATWORK_SANDBOX_PROGRAM, of this package, or of the PATH. */
    program?: string;
    /** More options of the program, for example `["--limits", "off"]`. */
    args?: string[];
}

/** The hooks of a test runner. */
export interface Hooks {
    beforeAll(run: () => Promise<void>): void;
    beforeEach(run: () => Promise<void>): void;
    afterAll(run: () => Promise<void> | undefined): void;
}

/** Starts a sandbox on a free port and waits until it is ready. */
export function startSandbox(options?: SandboxOptions): Promise<Sandbox>;

/** Starts a sandbox before the tests of a file, resets it before each test, and ends it after them. */
export function useSandbox(hooks?: Hooks, options?: SandboxOptions): Sandbox;
