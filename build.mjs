// Builds the front end: node build.mjs -> src/prasan/web/static/build/{app.css, app.js, fonts/}.
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const ROOT = path.dirname(fileURLToPath(import.meta.url));
const FRONT = path.join(ROOT, "src/prasan/web/front");
const OUT = path.join(ROOT, "src/prasan/web/static/build");
const MODULES = path.join(ROOT, "node_modules");

// Of govuk-frontend only what forms and task lists need; the rest of its sheet would be dead weight on a weak line.
const GOVUK_PARTS = [
  "error-message", "error-summary", "fieldset", "file-upload", "form-group", "hint", "input", "label",
  "radios", "select", "textarea",
];
const WANTED = new RegExp(`\\.govuk-(?:${GOVUK_PARTS.join("|")})(?![a-z])`);

/** The top-level blocks of a style sheet, each with its selector (or at-rule) and body. */
function* blocks(css) {
  let start = 0;
  let depth = 0;
  for (let i = 0; i < css.length; i += 1) {
    if (css[i] === "{") depth += 1;
    else if (css[i] === "}" && (depth -= 1) === 0) {
      const text = css.slice(start, i + 1).replace(/\/\*[\s\S]*?\*\//g, "").replace(/^@charset[^;]*;/, "").trim();
      const brace = text.indexOf("{");
      yield { head: text.slice(0, brace).trim(), body: text.slice(brace + 1, -1), text };
      start = i + 1;
    }
  }
}

function wantedRules(css) {
  let kept = "";
  for (const { head, body, text } of blocks(css)) {
    if (head.startsWith("@media") || head.startsWith("@supports")) {
      const inner = wantedRules(body);
      if (inner) kept += `${head}{${inner}}`;
    } else if (WANTED.test(head)) kept += `${text}\n`;
  }
  return kept;
}

const govukForms = {
  name: "govuk-forms",
  setup(build) {
    build.onResolve({ filter: /^govuk-forms$/ }, () => ({ path: "govuk-forms", namespace: "govuk-forms" }));
    build.onLoad({ filter: /.*/, namespace: "govuk-forms" }, async () => {
      const sheet = path.join(MODULES, "govuk-frontend/dist/govuk/govuk-frontend.min.css");
      const css = wantedRules(await readFile(sheet, "utf8"));
      // Their typeface is licensed for gov.uk only; ours has Thai.
      const ours = css.replace(/font-family:(?:GDS Transport,arial,sans-serif|sans-serif)/g, "font-family:inherit");
      return { contents: ours, loader: "css" };
    });
  },
};

await rm(OUT, { recursive: true, force: true });
await mkdir(path.join(OUT, "fonts"), { recursive: true });
await esbuild.build({
  entryPoints: { app: path.join(FRONT, "app.js") },
  outdir: OUT,
  bundle: true,
  minify: true,
  target: ["es2020"],
  format: "iife",
  logLevel: "warning",
});
await esbuild.build({
  entryPoints: { app: path.join(FRONT, "css/app.css") },
  outdir: OUT,
  bundle: true,
  minify: true,
  target: ["chrome100", "firefox100", "safari15"],
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]",
  plugins: [govukForms],
  logLevel: "warning",
});
// Whole TrueType files, because the plan book's typesetter cannot read the web subsets.
for (const [folder, style] of [["400Regular", "Regular"], ["400Regular_Italic", "Italic"], ["600SemiBold", "SemiBold"], ["700Bold", "Bold"]]) {
  const source = path.join(MODULES, "@expo-google-fonts/sarabun", folder, `Sarabun_${folder}.ttf`);
  await cp(source, path.join(OUT, "fonts", `Sarabun-${style}.ttf`));
}
