import createClient, { type Client, type MaybeOptionalInit } from "openapi-fetch";
import { refused } from "./errors.js";
import { BASE_URL, MAX_UPLOAD_BYTES, OPERATIONS } from "./facts.js";
import type { paths } from "./schema.js";

export { ChatworkError, RateLimitError } from "./errors.js";
export { BASE_URL, MAX_UPLOAD_BYTES } from "./facts.js";
export type { components, operations, paths } from "./schema.js";

/** The options of {@link createChatwork}. */
export interface ChatworkOptions {
    /** The address of the API, for example of a sandbox. */
    baseUrl?: string | undefined;
    /** What the token is: an API token (the default), or an access token of OAuth 2.0. */
    kind?: "api" | "oauth";
    /** Replaces `fetch`. */
    fetch?: (request: Request) => Promise<Response>;
}

/** A file to upload. */
export interface Upload {
    /** The bytes. */
    file: Blob;
    /** The name of the file. Left out: the name of a `File`. */
    name?: string;
    /** The text of the message that goes with the file. */
    message?: string;
    /** Cancels the upload. */
    signal?: AbortSignal;
}

type Method = "get" | "post" | "put" | "delete";
type PathOf<M extends Method> = {
    [P in keyof paths]: paths[P] extends { [K in M]: { responses: unknown } } ? P : never;
}[keyof paths];
type Json<R> = R extends { content: { "application/json": infer T } } ? T : void;

/** What an operation returns: the body of its 200, or nothing. */
export type Result<P extends keyof paths, M extends Method> = paths[P][M] extends {
    responses: infer R;
}
    ? 200 extends keyof R
        ? Json<R[200]>
        : void
    : never;

type Init<P extends keyof paths, M extends Method> = MaybeOptionalInit<paths[P], M>;
/** Calls the operation of a path. */
export type Call<M extends Method> = <P extends PathOf<M>>(
    path: P,
    ...init: undefined extends Init<P, M> ? [Init<P, M>?] : [Init<P, M>]
) => Promise<Result<P, M>>;

/** The client. Every call returns the body of a success, and throws a `ChatworkError` otherwise. */
export interface Chatwork {
    get: Call<"get">;
    post: Call<"post">;
    put: Call<"put">;
    delete: Call<"delete">;
    /** Uploads a file to a room. */
    upload(room_id: number, upload: Upload): Promise<Result<"/rooms/{room_id}/files", "post">>;
    /** The client of openapi-fetch underneath: it returns errors instead of throwing them. */
    client: Client<paths>;
}

/**
 * Creates a client.
 *
 * @param token the token, or a function that returns it for each request
 */
export function createChatwork(
    token: string | (() => string | Promise<string>),
    options: ChatworkOptions = {},
): Chatwork {
    const client = createClient<paths>({
        baseUrl: options.baseUrl ?? BASE_URL,
        bodySerializer: form,
        // A redirect would take the token to another host.
        redirect: "error",
        ...(options.fetch ? { fetch: options.fetch } : {}),
    });
    client.use({
        async onRequest({ request }) {
            const value = typeof token === "string" ? token : await token();
            if (options.kind === "oauth") request.headers.set("authorization", `Bearer ${value}`);
            else request.headers.set("x-chatworktoken", value);
            // openapi-fetch names JSON for all bodies but those of uploads.
            if (request.headers.get("content-type") === "application/json") {
                request.headers.set("content-type", "application/x-www-form-urlencoded");
            }
        },
    });
    const call = (method: Method) => async (path: string, init?: object) => {
        // The public type has checked path and init.
        const send = client[method.toUpperCase() as "GET"] as unknown as Send;
        const { data, error, response } = await send(path, init);
        const operation = `${method.toUpperCase()} ${path}`;
        if (!response.ok) throw refused(operation, error, response);
        return response.status === 204 && OPERATIONS[operation]?.emptyList ? [] : data;
    };
    const [get, post, put, remove] = [call("get"), call("post"), call("put"), call("delete")];
    return {
        get: get as Chatwork["get"],
        post: post as Chatwork["post"],
        put: put as Chatwork["put"],
        delete: remove as Chatwork["delete"],
        client,
        async upload(room_id, { file, name, message, signal }) {
            const init = {
                params: { path: { room_id } },
                body: multipart(file, name, message),
                signal,
            };
            return (await post("/rooms/{room_id}/files", init)) as Result<
                "/rooms/{room_id}/files",
                "post"
            >;
        },
    };
}

type Send = (
    path: string,
    init?: object,
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** Encodes the fields of a form. Leaves out those that are undefined, and the body of an upload as it is. */
function form(body: unknown): FormData | string {
    if (body instanceof FormData) return body;
    const fields = Object.entries(body ?? {}).filter(([, value]) => value !== undefined);
    return new URLSearchParams(fields.map(([name, value]) => [name, String(value)])).toString();
}

function multipart(file: Blob, name: string | undefined, message: string | undefined): FormData {
    if (file.size > MAX_UPLOAD_BYTES) {
        throw new RangeError(`a file of ${file.size} bytes: expected at most ${MAX_UPLOAD_BYTES}`);
    }
    const body = new FormData();
    body.append("file", file, name ?? (file instanceof File ? file.name : "file"));
    if (message !== undefined) body.append("message", message);
    return body;
}
