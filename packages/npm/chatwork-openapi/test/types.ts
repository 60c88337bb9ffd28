// What the types accept and refuse. Compiled, not run.
import { createChatwork, type components } from "chatwork-openapi";

const chatwork = createChatwork("token");
const params = { path: { room_id: 1 } };

export const me: Promise<components["schemas"]["Me"]> = chatwork.get("/me");
export const tasks: Promise<components["schemas"]["MyTask"][]> = chatwork.get("/my/tasks");
export const left: Promise<void> = chatwork.delete("/rooms/{room_id}", {
    params,
    body: { action_type: "leave" },
});

// @ts-expect-error there is no such path
chatwork.get("/rooms/{room}");
// @ts-expect-error the room is missing
chatwork.get("/rooms/{room_id}");
// @ts-expect-error the path has no POST
chatwork.post("/me");
// @ts-expect-error the body is missing
chatwork.post("/rooms/{room_id}/messages", { params });
// @ts-expect-error a flag is 0 or 1
chatwork.post("/rooms/{room_id}/messages", { params, body: { body: "a", self_unread: true } });
// @ts-expect-error there is no such status
chatwork.get("/my/tasks", { params: { query: { status: "closed" } } });
