// check-blocks.mjs WORDPRESS FILE...: opens each file in the block editor of that very WordPress, as far as reading,
// validating and writing blocks goes, and fails when one of its blocks is not what the editor itself would write.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { JSDOM, VirtualConsole } from "jsdom";

const [wordpress, ...files] = process.argv.slice(2);
const includes = join(wordpress, "wp-includes");

// WordPress's own table of which script needs which.
const php = `echo json_encode(include '${join(includes, "assets/script-loader-packages.php")}');`;
const packages = JSON.parse(execFileSync("php", ["-r", php], { encoding: "utf8" }));
const vendor = {
  lodash: "lodash.js",
  moment: "moment.js",
  react: "react.js",
  "react-dom": "react-dom.js",
  "wp-polyfill": "wp-polyfill.js",
  "regenerator-runtime": "regenerator-runtime.js",
};

const scripts = [];
const seen = new Set();
function need(handle) {
  if (seen.has(handle)) return;
  seen.add(handle);
  const name = `${handle.replace(/^wp-/, "")}.js`;
  const needs = packages[name]?.dependencies ?? (handle === "react-dom" ? ["react"] : []);
  needs.forEach(need);
  if (vendor[handle]) scripts.push(join(includes, "js/dist/vendor", vendor[handle]));
  else if (packages[name]) scripts.push(join(includes, "js/dist", name));
}
need("wp-block-library");

const problems = [];
const console_ = new VirtualConsole();
const { window } = new JSDOM("<!doctype html><body></body>", {
  url: "http://localhost/wp-admin/post.php",
  runScripts: "outside-only",
  pretendToBeVisual: true,
  virtualConsole: console_,
});
window.matchMedia = () => ({ matches: false, addListener() {}, removeListener() {}, addEventListener() {}, removeEventListener() {} });
window.userSettings = { uid: 1 };
for (const script of scripts) {
  window.eval(readFileSync(script, "utf8"));
  // As WordPress does when it prints this script.
  if (script.endsWith("/lodash.js")) window.eval("window.lodash = _.noConflict();");
}
window.eval("wp.blockLibrary.registerCoreBlocks();");

function check(file, block) {
  if (!block.isValid) {
    const why = (block.validationIssues ?? []).map((issue) => issue.args.slice(1).map(String).join(" ")).join("\n");
    problems.push(`${file}: core block ${block.name} is not valid\n${block.originalContent}\n${why}`);
  }
  if (block.name === "core/missing" || block.name === "core/freeform") problems.push(`${file}: ${block.originalContent}`);
  block.innerBlocks.forEach((inner) => check(file, inner));
}

for (const file of files) {
  const blocks = window.wp.blocks.parse(readFileSync(file, "utf8"));
  if (blocks.length === 0) problems.push(`${file}: no blocks`);
  blocks.forEach((block) => check(file, block));
  if (process.env.SHOW) console.log(window.wp.blocks.serialize(blocks));
}
if (problems.length > 0) {
  console.error(problems.join("\n\n"));
  process.exit(1);
}
console.log(`${files.length} files, every block as the editor writes it`);
