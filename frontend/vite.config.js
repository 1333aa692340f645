// How the front end is built: three entries, content-hashed names, a manifest for Django, and every text file packed beside itself.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig } from "vite";

const OUT = process.env.ESSAIM_FRONTEND_OUT ?? "build/generated/built";

// Browsers that run modules all read WOFF2: the older format would only double the folder.
const withoutWoff = {
  name: "without-woff",
  enforce: "pre",
  transform(code, id) {
    return /@fontsource.*\.css/.test(id) ? code.replace(/, url\([^)]*\.woff\) format\('woff'\)/g, "") : undefined;
  },
};

// Files that only templates name: they are hashed and listed in the manifest like the rest.
const forTemplates = {
  name: "for-templates",
  buildStart() {
    for (const path of ["images/swarm.svg", "build/generated/world.json"]) {
      this.emitFile({ type: "asset", name: path.split("/").at(-1), originalFileName: path, source: readFileSync(path) });
    }
  },
};

// The server answers with the packed file when the browser takes it (whitenoise finds it beside the plain one).
const packed = {
  name: "packed",
  closeBundle() {
    copyFileSync("build/generated/outline.json", join(OUT, "outline.json"));
    const folder = join(OUT, "assets");
    for (const name of readdirSync(folder)) {
      if (!/\.(m?js|css|svg|json)$/.test(name)) continue;
      const bytes = readFileSync(join(folder, name));
      if (bytes.length < 400) continue;
      writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
    }
  },
};

export default defineConfig({
  base: "./",
  plugins: [withoutWoff, forTemplates, packed],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    modulePreload: { polyfill: false },
    target: "es2022",
    sourcemap: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: { main: "js/main.js", map: "js/map.js", passkeys: "js/passkeys.js" } },
  },
});
