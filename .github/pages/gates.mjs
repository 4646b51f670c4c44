#!/usr/bin/env node
// Looks at built pages as readers and their programs do, in a real browser:
//
//   node gates.mjs --codicil PROGRAM --work FOLDER [--only FIXTURE,…] [--kinds KIND,…] [--shots FOLDER] [--each PAGES]
//
// FOLDER holds node_modules and the fixtures. What a page must keep is in `bounds`; the
// exit code is 1 where one does not. make.sh installs what this needs.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';
import { createRequire } from 'node:module';
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { startServers } from './servers.mjs';

const { values: given } = parseArgs({ options: {
  codicil: { type: 'string' }, work: { type: 'string' }, only: { type: 'string' }, kinds: { type: 'string' }, shots: { type: 'string' }, each: { type: 'string', default: '2' },
} });
const need = createRequire(path.resolve(given.work, 'gates.cjs'));
const { chromium } = need('playwright-core');
const { HtmlValidate } = need('html-validate');
const axeSource = fs.readFileSync(need.resolve('axe-core/axe.min.js'), 'utf8');

const bounds = {
  line: 80, // characters, by the width of a zero
  overflow: 0, // pixels at a width of 320
  printed: 0.98, // of the words
  weight: 12 * 1024, // bytes in transit beyond the words
};
const strict = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; frame-src 'self'";
const day = '2026-11-22';
const fixtures = ['content', 'plain', 'life', 'many', 'right', 'cjk'];

// kindOf names the kind of a page by its path; policies and versions do not count.
function kindOf(file) {
  const kinds = [
    [/^index\.html$/, 'index'], [/^(404)\.html$/, '404'], [/^(changes|log|on|search)\//, null], [/^embed\/v1\/frame\//, 'frame'],
    [/^embed\//, 'piece'], [/(^|\/)(versions|upcoming|clauses)\/index\.html$/, null], [/compare\/index\.html$/, 'compare'],
    [/\.\.\.current\/index\.html$/, 'since'], [/\.\.\.[^/]+\/index\.html$/, 'redline'],
  ];
  for (const [form, kind] of kinds) {
    const m = form.exec(file);
    if (m) return kind || m.at(-1);
  }
  return 'text';
}

// stateOf tells texts of different states apart: each has sentences of its own.
function stateOf(html) {
  if (/http-equiv="refresh"/.test(html)) return 'moved';
  const badge = /class="badge ([a-z]+)/.exec(html);
  return badge ? badge[1] : 'plain';
}

// choose picks pages of every kind, the largest and the smallest first.
function choose(root) {
  const groups = new Map();
  for (const file of walk(root)) {
    const html = fs.readFileSync(path.join(root, file), 'utf8');
    let kind = kindOf(file);
    if (kind === 'piece') continue; // no page: the host's page holds it
    if (kind === 'text') kind += ' ' + stateOf(html);
    if (given.kinds && !given.kinds.split(',').includes(kind.split(' ')[0])) continue;
    groups.set(kind, [...(groups.get(kind) || []), { file, size: html.length }]);
  }
  const list = [];
  for (const [kind, files] of groups) {
    files.sort((a, b) => b.size - a.size);
    const picked = [files[0], files.at(-1)].slice(0, Number(given.each));
    for (const f of new Set(picked)) list.push({ kind, url: '/' + f.file.replace(/(^|\/)index\.html$/, '$1') });
  }
  return list;
}

function* walk(root, dir = '') {
  for (const e of fs.readdirSync(path.join(root, dir), { withFileTypes: true })) {
    const name = path.posix.join(dir, e.name);
    if (e.isDirectory()) yield* walk(root, name);
    else if (name.endsWith('.html')) yield name;
  }
}

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.md': 'text/markdown; charset=utf-8' };

// mounted is where the fixtures say that their sites are.
const mounted = /^\/(legal|policies)(?=\/)/;

// serve serves a folder under the strict policy; "/-host/…" is a page of somebody else
// that shows a policy and its notices.
function serve(root) {
  const server = http.createServer((request, response) => {
    const address = new URL(request.url, 'http://x');
    const head = { 'content-security-policy': strict };
    if (address.pathname.startsWith('/-host/')) {
      const id = address.pathname.slice(7).replace(/\/$/, '');
      response.writeHead(200, { ...head, 'content-type': types['.html'] });
      response.end(hostPage(id));
      return;
    }
    if (address.pathname === '/-host.css') {
      response.writeHead(200, { ...head, 'content-type': types['.css'] }).end('main { max-width: 65ch } body { line-height: 1.5; background: Canvas; color: CanvasText } :root { color-scheme: light dark } a { color: LinkText } pre { white-space: pre-wrap } table { display: block; overflow-x: auto } * { overflow-wrap: anywhere }');
      return;
    }
    let file = path.join(root, decodeURIComponent(address.pathname.replace(mounted, '')));
    if (file.endsWith('/')) file += 'index.html';
    if (!file.startsWith(root) || !fs.existsSync(file)) {
      response.writeHead(404, head).end();
      return;
    }
    response.writeHead(200, { ...head, 'content-type': types[path.extname(file)] || 'text/plain; charset=utf-8' });
    response.end(fs.readFileSync(file));
  });
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready({ origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() })));
}

const hostPage = (id) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Host</title><link rel="stylesheet" href="/-host.css"></head>
<body><header><a href="/">Home</a></header><main><script src="/embed/v1/policy.js" data-policy="${id}"></script></main>
<script src="/embed/v1/notice.js" defer></script></body></html>`;

// The look of a page in one mode.
const modes = [
  { name: 'light', scheme: 'light', width: 1280 },
  { name: 'dark', scheme: 'dark', width: 1280 },
  { name: '360', scheme: 'light', width: 360 },
];

const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });

// inPage measures what only the browser knows. It runs in the page.
function inPage() {
  const canvas = document.createElement('canvas').getContext('2d');
  let line = 0, where = '';
  for (const e of document.querySelectorAll('main :is(p, li, dd, blockquote, summary, td), footer p')) {
    const own = [...e.childNodes].filter((n) => n.nodeType === 3 || /^(A|EM|STRONG|CODE|INS|DEL|TIME|SPAN)$/.test(n.nodeName)).map((n) => n.textContent).join('');
    if (own.trim().length < 120 || !e.getClientRects().length) continue;
    const style = getComputedStyle(e);
    canvas.font = style.font;
    const width = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const chars = Math.round(width / canvas.measureText('0').width);
    if (chars > line) [line, where] = [chars, `${e.nodeName.toLowerCase()} “${own.trim().slice(0, 40)}”`];
  }
  return { line, where, text: (document.querySelector('main') || document.body).innerText };
}

// overflowing names what is wider than the window. It runs in the page.
function overflowing() {
  const over = document.scrollingElement.scrollWidth - innerWidth;
  if (over <= 0) return { over };
  const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1);
  return { over, what: wide.slice(-1).map((e) => `${e.nodeName.toLowerCase()}.${e.className}`).join() };
}

async function runAxe() {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
  return found.violations.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].target.join(' ')}`);
}

// words are counted whole, each as often as it is there; of scripts without
// capitals, whose lines may end within one, letters are.
function words(text) {
  const count = new Map();
  for (const w of text.normalize('NFKC').toLowerCase().match(/\p{Lo}|[\p{Lu}\p{Ll}\p{Lt}\p{Lm}\p{N}\p{M}]+/gu) || []) count.set(w, (count.get(w) || 0) + 1);
  return count;
}

// printed holds the words of a page against those of its paper: the share that is
// there, and what is not. A word that a line ends within stands there in two halves.
// Joined letters cannot be read back from paper: of Arabic words counts what is laid out.
function printed(screen, paper, laidOut) {
  const has = words(paper.replace(/[-\u00ad]\n/g, '')), lacks = [];
  for (const [w, n] of words(laidOut)) if (/\p{Script=Arabic}/u.test(w)) has.set(w, n);
  let kept = 0, all = 0;
  for (const [w, n] of words(screen)) {
    const there = Math.min(n, has.get(w) || 0);
    all += n;
    kept += there;
    if (there < n) lacks.push(`${w} (${n - there})`);
  }
  return { share: all ? kept / all : 1, lacks };
}

// paperWords are the words of main that are meant for paper: controls are not, nor is
// what only a screen reader says. It runs in the page.
function paperWords() {
  const copy = document.querySelector('main') || document.body;
  const controls = copy.querySelectorAll('nav, form, button, select, summary, .hidden, .visually-hidden, .redline-nav, .redline-summary a');
  const hidden = [...controls].filter((e) => { const was = e.style.display; e.style.display = 'none'; e.dataset.was = was; return true; });
  const marks = [...copy.querySelectorAll('ins, del')].map((e) => { e.append(' '); return e.lastChild; }); // two marks beside each other are two words
  const text = copy.innerText;
  marks.forEach((space) => space.remove());
  hidden.forEach((e) => { e.style.display = e.dataset.was; });
  return text;
}

// watch opens a page of the browser that notes what goes wrong, and reaches nothing
// outside this machine.
async function watch(browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const noted = { faults: [], weight: new Map() };
  await context.route('**/*', (route) => {
    if (new URL(route.request().url()).hostname === '127.0.0.1') return route.continue();
    noted.faults.push(`asks elsewhere: ${route.request().url()}`);
    return route.abort();
  });
  await context.exposeFunction('forbidden', (what) => noted.faults.push(`policy: ${what}`));
  await context.addInitScript(() => document.addEventListener('securitypolicyviolation', (e) => forbidden(`${e.effectiveDirective} ${e.blockedURI}`)));
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) noted.faults.push(`console: ${m.text().slice(0, 160)}`); });
  page.on('pageerror', (e) => noted.faults.push(`error: ${String(e.message).slice(0, 160)}`));
  page.on('response', async (r) => { try { noted.weight.set(r.url(), zlib.gzipSync(await r.body(), { level: 9 }).length); } catch { /* a redirect has none */ } });
  return { page, noted };
}

// look holds one page against the bounds and returns what is wrong with it.
async function look({ page, noted }, address, name) {
  noted.faults = [];
  noted.weight.clear();
  const seen = { axe: [] };
  await page.emulateMedia({ colorScheme: 'light', media: 'screen' });
  await page.setViewportSize({ width: modes[0].width, height: 900 });
  const answer = await page.goto(address, { waitUntil: 'load', timeout: 120000 });
  await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => {}); // the desk listens for news for ever
  seen.source = await answer.text().catch(async () => (await fetch(address)).text()); // a page that leads on is gone by now
  Object.assign(seen, await page.evaluate(inPage));
  seen.weight = [...noted.weight.values()].reduce((a, b) => a + b, 0) - zlib.gzipSync(seen.text, { level: 9 }).length;
  await page.evaluate(axeSource + ';0');
  const faults = noted.faults;
  for (const mode of modes) {
    await page.emulateMedia({ colorScheme: mode.scheme });
    await page.setViewportSize({ width: mode.width, height: 900 });
    const violations = await page.evaluate(runAxe);
    seen.axe.push(violations.length);
    faults.push(...violations.map((v) => `axe, ${mode.name}: ${v}`));
    if (given.shots) await page.screenshot({ path: path.join(given.shots, `${name}.${mode.name}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 320, height: 640 });
  const { over, what } = await page.evaluate(overflowing);
  if (over > bounds.overflow) faults.push(`overflow at 320 px: ${over} px, ${what}`);
  await print(page, faults, seen, name);
  if (seen.line > bounds.line) faults.push(`line of ${seen.line} characters (most ${bounds.line}): ${seen.where}`);
  if (seen.weight > bounds.weight) faults.push(`${seen.weight} bytes beyond its words (most ${bounds.weight})`);
  return { faults: [...new Set(faults)], seen };
}

// print puts the page on paper and looks for its words there.
async function print(page, faults, seen, name) {
  await page.setViewportSize({ width: 1280, height: 900 });
  const screen = await page.evaluate(paperWords);
  const pdf = path.join(given.work, 'page.pdf');
  const paper = { path: pdf, format: 'A4', margin: { top: '18mm', bottom: '18mm', left: '18mm', right: '18mm' } };
  await page.pdf(paper).catch(() => page.pdf(paper)); // on a busy machine the printer of Chromium gives up at times
  await page.emulateMedia({ media: 'print' });
  const laidOut = await page.evaluate(() => document.body.innerText);
  const { share, lacks } = printed(screen, execFileSync('pdftotext', [pdf, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 }), laidOut);
  seen.printed = share;
  if (share < bounds.printed) faults.push(`prints ${(100 * share).toFixed(1)} % of its words, and not ${lacks.slice(0, 12).join(', ')}`);
  if (given.shots) await page.screenshot({ path: path.join(given.shots, `${name}.print.png`), fullPage: true });
}

// validate holds the source of a page, as the server sent it, against the rules of HTML.
async function validate(source, name) {
  const report = await validator.validateString(source, name);
  return (report.results[0]?.messages || []).filter((m) => m.severity === 2).map((m) => `html-validate, line ${m.line}: ${m.ruleId}: ${m.message}`);
}

// nu asks the Nu checker about all pages at once: Java takes its time to start.
function nu(folder) {
  const dist = path.join(path.dirname(need.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
  let out = '';
  try {
    out = execFileSync('java', ['-Xss4m', '-jar', dist, '--format', 'json', '--exit-zero-always', '--stdout', '--skip-non-html', folder], { encoding: 'utf8', maxBuffer: 1 << 28 });
  } catch (e) {
    return [`the Nu checker does not run: ${String(e.message).slice(0, 200)}`];
  }
  return JSON.parse(out).messages.filter((m) => m.type === 'error').map((m) => `${path.basename(m.url || '', '.html')}: nu, line ${m.lastLine}: ${m.message}`);
}

// main looks at every fixture, one after the other.
async function main() {
  const only = given.only ? given.only.split(',') : [...fixtures, 'servers'];
  const sources = path.resolve(given.work, 'sources');
  fs.rmSync(sources, { recursive: true, force: true });
  fs.mkdirSync(sources, { recursive: true });
  if (given.shots) fs.mkdirSync(given.shots, { recursive: true });
  const found = process.env.CHROME || ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((f) => fs.existsSync(f));
  const browser = await chromium.launch({ executablePath: found, args: ['--no-sandbox', '--disable-dev-shm-usage', '--hide-scrollbars'] });
  let pages = 0, wrong = [];
  const watched = await watch(browser);
  const one = async (origin, url, kind, fixture) => {
    const name = `${fixture}${url.replace(/\?.*/, '')}`.replace(/[^\p{L}\p{N}.-]+/gu, '_');
    const { faults, seen } = await look(watched, origin + url, name);
    fs.writeFileSync(path.join(sources, name + '.html'), seen.source);
    faults.push(...await validate(seen.source, name));
    pages++;
    console.log(`${faults.length ? 'FAIL' : 'ok  '} ${fixture} ${url.replace(/=[\w-]{9,}/, '=…')}  ${kind}: axe ${seen.axe.join('/')}, ${seen.line} ch, ${(seen.weight / 1024).toFixed(1)} kB, ${(100 * seen.printed).toFixed(1)} % in print`);
    for (const f of faults) console.log(`       ${f}`);
    if (faults.length) wrong.push(`${fixture} ${url}`);
  };
  for (const fixture of fixtures.filter((f) => only.includes(f))) {
    const root = path.resolve(given.work, 'sites', fixture);
    const { origin, close } = await serve(root);
    const list = choose(root);
    const host = list.find((p) => p.kind.startsWith('text') && !p.kind.endsWith('moved') && p.url.split('/').length === 3);
    if (host && !given.kinds) list.push({ kind: 'host', url: `/-host${host.url}` });
    for (const { kind, url } of list) await one(origin, url, kind, fixture);
    close();
  }
  if (only.includes('servers')) {
    const servers = await startServers(path.resolve(given.codicil), path.resolve(given.work), day);
    try {
      for (const url of servers.pages) await one(new URL(url).origin, url.slice(new URL(url).origin.length), 'server', 'servers');
    } finally {
      servers.close();
    }
  }
  await browser.close();
  const invalid = nu(sources);
  for (const f of invalid) console.log(`FAIL ${f}`);
  console.log(`${pages} pages, ${wrong.length} with faults, ${invalid.length} errors of the Nu checker`);
  process.exit(wrong.length + invalid.length ? 1 : 0);
}

await main();
