// Draws pictures anew in processes of their own, two at a time, each picture within ten seconds and half a gigabyte (security A9).
import { type ChildProcess, fork } from 'node:child_process';
import { openGate } from '../kernel/gate.ts';
import { workerEntry } from '../kernel/workers.ts';
import type { DrawingAnswer, DrawingTask, DrawnPicture } from './drawing-process.ts';

export type { DrawnPicture };

export interface DrawingLimits {
  readonly milliseconds?: number;
  readonly maximumMegabytes?: number;
}

/** It took too long or too much memory, or the decoder crashed. */
export class DrawingFailed extends Error {}

const millisecondsPerPicture = 10_000;
const megabytes = 512;
/** Native memory crumbles over time. */
const picturesPerProcess = 500;
/** A process nobody needs goes: it holds some 80 MB. */
const idleMilliseconds = 60_000;

interface Drawer {
  readonly child: ChildProcess;
  pictures: number;
  waiting: { readonly resolve: (answer: DrawingAnswer) => void; readonly reject: (error: Error) => void } | null;
  idle: NodeJS.Timeout | undefined;
}

const free: Drawer[] = [];
const gate = openGate(2, 200);

export async function drawPicture(task: Omit<DrawingTask, 'maximumMegabytes'>, { milliseconds = millisecondsPerPicture, maximumMegabytes = megabytes }: DrawingLimits = {}): Promise<DrawingAnswer> {
  return gate(() => ask(free.pop() ?? start(), { ...task, maximumMegabytes }, milliseconds));
}

async function ask(drawer: Drawer, task: DrawingTask, milliseconds: number): Promise<DrawingAnswer> {
  const { child } = drawer;
  clearTimeout(drawer.idle);
  drawer.pictures += 1;
  child.ref();
  child.channel?.ref();
  let timer: NodeJS.Timeout | undefined;
  try {
    const answer = await new Promise<DrawingAnswer>((resolve, reject) => {
      drawer.waiting = { resolve, reject };
      timer = setTimeout(() => reject(new DrawingFailed(`drawing took longer than ${milliseconds} ms`)), milliseconds);
      child.send(task, (error) => (error === null ? undefined : reject(new DrawingFailed('the drawing process is gone', { cause: error }))));
    });
    putAside(drawer);
    return answer;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(timer);
    drawer.waiting = null;
    // Whoever has nothing else to do may end; an idle process ends with it.
    child.unref();
    child.channel?.unref();
  }
}

function putAside(drawer: Drawer): void {
  if (drawer.pictures >= picturesPerProcess) {
    drawer.child.kill('SIGKILL');
    return;
  }
  free.push(drawer);
  drawer.idle = setTimeout(() => {
    takeOut(drawer);
    drawer.child.kill('SIGKILL');
  }, idleMilliseconds).unref();
}

function takeOut(drawer: Drawer): void {
  const at = free.indexOf(drawer);
  if (at >= 0) free.splice(at, 1);
}

function start(): Drawer {
  const child = fork(workerEntry(import.meta.url, 'drawing-process'), [], { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const drawer: Drawer = { child, pictures: 0, waiting: null, idle: undefined };
  const over = (error: Error): void => {
    takeOut(drawer);
    clearTimeout(drawer.idle);
    drawer.waiting?.reject(error);
  };
  child.on('message', (answer: DrawingAnswer) => drawer.waiting?.resolve(answer));
  child.on('error', (error) => over(new DrawingFailed('the drawing process failed', { cause: error })));
  child.on('exit', (code, signal) => over(new DrawingFailed(`the drawing process ended with ${signal ?? code}`)));
  return drawer;
}
