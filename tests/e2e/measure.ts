/** Times, percentiles and goals, as `bench/src/measure.rs` has them: printed, and kept as the same JSON. */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { outputFolder } from './harness/paths.ts';

/** Percentiles of one kind of act, in milliseconds. */
export interface Times {
  runs: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

interface Goal {
  what: string;
  found: number;
  at_most: number;
  reached: boolean;
}

export class Report {
  private readonly times: [string, Times][] = [];
  private readonly figures: [string, number][] = [];
  private readonly goals: Goal[] = [];

  constructor(private readonly name: string) {
    console.log(name);
    this.figure('cores', cpus().length);
    // Other work on the machine is in every figure below.
    this.figure('load before', loadavg()[0] ?? NaN);
  }

  /** Prints and keeps the percentiles of a series of milliseconds. */
  series(what: string, series: readonly number[]): Times {
    const sorted = series.toSorted((left, right) => left - right);
    const at = (part: number): number =>
      sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
    const times = { runs: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
    const shown = (['p50', 'p95', 'p99', 'max'] as const).map((key) => `${key} ${times[key].toFixed(1)}`);
    console.log(`  ${what.padEnd(44)} n=${String(times.runs).padEnd(5)} ${shown.join('  ')} ms`);
    this.times.push([what, times]);
    return times;
  }

  /** Prints and keeps one number. */
  figure(what: string, found: number): void {
    console.log(`  ${what.padEnd(44)} ${found.toFixed(2)}`);
    this.figures.push([what, found]);
  }

  /** Holds a number against a goal. */
  goal(what: string, found: number, atMost: number): void {
    const reached = found <= atMost;
    const sign = reached ? 'reached' : 'MISSED';
    console.log(`  ${what.padEnd(44)} ${found.toFixed(3)} (goal ≤ ${String(atMost)}) ${sign}`);
    this.goals.push({ what, found, at_most: atMost, reached });
  }

  /** Writes `target/bench/NAME.json`; a missed goal fails the program. */
  save(): void {
    const { times, figures, goals } = this;
    const json = JSON.stringify({ times, figures, goals }, null, 2);
    writeFileSync(join(outputFolder('bench'), `${this.name}.json`), `${json}\n`);
    if (!goals.every((goal) => goal.reached)) process.exitCode = 1;
  }
}
