// A registry of npm with the packages in folders: registry.mjs UPSTREAM FOLDER...
//
// Prints its address. Other packages are those of UPSTREAM. Names that begin with `chatwork-` never
// come from there: on the registry, they may be packages of other people until the first release.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const [upstream, ...folders] = process.argv.slice(2);
const packages = new Map();
for (const folder of folders) {
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".tgz"))) {
        const bytes = readFileSync(join(folder, file));
        packages.set(manifest(bytes).name, { file, bytes, manifest: manifest(bytes) });
    }
}

const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname).slice(1);
    const tarball = [...packages.values()].find(({ file }) => path === `-/${file}`);
    const found = packages.get(path);
    if (tarball) return response.end(tarball.bytes);
    if (found) return response.end(JSON.stringify(describe(found)));
    if (path.startsWith("chatwork-")) return response.writeHead(404).end("{}");
    response.writeHead(302, { location: new URL(request.url.slice(1), upstream).href }).end();
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));

/** What a registry says about a package with one version. */
function describe({ file, bytes, manifest }) {
    const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
    const tarball = `http://127.0.0.1:${server.address().port}/-/${file}`;
    const version = { ...manifest, dist: { tarball, integrity } };
    return {
        name: manifest.name,
        "dist-tags": { latest: manifest.version },
        versions: { [manifest.version]: version },
    };
}

/** Reads `package/package.json` of a tar archive: a header of 512 bytes precedes each file. */
function manifest(bytes) {
    const tar = gunzipSync(bytes);
    for (let at = 0; at < tar.length; ) {
        const field = (start, length) =>
            tar.toString("utf8", at + start, at + start + length).split("\0")[0];
        const size = Number.parseInt(field(124, 12), 8) || 0;
        if (field(0, 100) === "package/package.json") {
            return JSON.parse(tar.toString("utf8", at + 512, at + 512 + size));
        }
        at += 512 + Math.ceil(size / 512) * 512;
    }
    throw new Error("an archive has no package.json");
}
