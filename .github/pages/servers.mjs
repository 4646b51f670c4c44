// The pages that a running program makes: the forms of `serve --public`, with what
// links in its letters lead to, and the desk of `serve`.
import net from 'node:net';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { spawn, execFile } from 'node:child_process';

const forms = 'http://127.0.0.1:8791', mailPort = 8792, deskPort = 8793;

// mailbox takes letters on a port, for whomever they are, and keeps their text.
function mailbox() {
  const box = { text: '' };
  box.server = net.createServer((socket) => {
    let rest = '', body = false;
    const line = (l) => {
      if (body) {
        box.text += l.endsWith('=') ? l.slice(0, -1) : l + '\n';
        if (l === '.') { body = false; socket.write('250 taken\r\n'); }
      } else if (/^data/i.test(l)) { body = true; socket.write('354 go on\r\n'); }
      else if (/^quit/i.test(l)) socket.end('221 bye\r\n');
      else socket.write('250 yes\r\n');
    };
    socket.write('220 mailbox\r\n');
    socket.on('error', () => {});
    socket.on('data', (d) => {
      const lines = (rest + d).split('\r\n');
      rest = lines.pop();
      lines.forEach(line);
    });
  }).listen(mailPort, '127.0.0.1');
  return box;
}

// link waits for a letter with a link to a page of the forms.
async function link(box, page) {
  const form = new RegExp(`${forms}/${page}\\?t=[\\w-]+`);
  for (let i = 0; i < 200; i++) {
    const m = form.exec(box.text.replaceAll('=3D', '='));
    if (m) return m[0];
    await new Promise((r) => setTimeout(r, 100));
  }
  throw new Error(`no letter with a link to ${page} came`);
}

// begin starts a server and returns the address that its first line names.
async function begin(program, args, env, said) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] });
  let out = '';
  child.stdout.on('data', (d) => { out += d; });
  for (let i = 0; i < 600; i++) {
    const m = said.exec(out);
    if (m) return { child, address: m[0] };
    await new Promise((r) => setTimeout(r, 100));
  }
  child.kill();
  throw new Error(`${args.join(' ')} says: ${out}`);
}

// startServers starts both servers over the fixture "life", and returns the
// addresses of their pages.
export async function startServers(program, work, day) {
  const life = path.join(work, 'fixtures', 'life'), env = { CODICIL_LEDGER_KEY: Buffer.alloc(32, 7).toString('base64') };
  fs.rmSync(path.join(life, '.ledger'), { recursive: true, force: true });
  fs.writeFileSync(path.join(work, 'people.csv'), 'email,name\nada@example.com,Ada\n');
  const box = mailbox(), children = [];
  const close = () => { children.forEach((c) => c.kill()); box.server.close(); };
  try {
    const open = await begin(program, ['-C', life, 'serve', '--public', '--listen', new URL(forms).host], env, /http:\S+/);
    children.push(open.child);
    await fetch(`${forms}/subscribe`, { method: 'POST', body: new URLSearchParams({ email: 'ada@example.com', policy: '*' }) });
    const confirm = await link(box, 'confirm');
    await fetch(confirm, { method: 'POST', body: new URLSearchParams(new URL(confirm).search) });
    await fetch(`${forms}/link`, { method: 'POST', body: new URLSearchParams({ email: 'ada@example.com' }) });
    const preferences = await link(box, 'preferences');
    await promisify(execFile)(program, [ // the mailbox is in this process
      '-C', life, '-q', 'notify', 'terms@2.0', '--recipients', path.join(work, 'people.csv'), '--send', '--yes',
    ], { env: { ...process.env, ...env } });
    const decline = await link(box, 'decline');
    const desk = await begin(program, ['-C', life, 'serve', '--port', String(deskPort), '--on', day], env, /http:\S+token=\S+/);
    children.push(desk.child);
    const token = new URL(desk.address).search;
    // The email itself runs no script, axe included: the desk shows it in a frame.
    const behind = ['/-/', '/-/terms/', '/-/terms/notice/', '/-/lease/'].map((p) => `http://127.0.0.1:${deskPort}${p}${token}`);
    return { close, pages: [...['/', '/?lang=de', '/link', '/decline'].map((p) => forms + p), confirm, preferences, decline, ...behind] };
  } catch (e) {
    close();
    throw e;
  }
}
