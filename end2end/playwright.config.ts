// How the journeys run. `cargo xtask test end2end` names the browser and the programs in the environment.
import { defineConfig } from '@playwright/test';

const asRoot = process.getuid?.() === 0;
const executablePath = process.env['CHROMIUM_PATH'];

export default defineConfig({
  testDir: 'journeys',
  outputDir: 'test-results/artifacts',
  workers: 2,
  fullyParallel: true,
  // A test that passes only the second time has found something.
  retries: 0,
  // Long, since they end only what will never come: how fast it comes on a busy machine is not what a journey is about.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  // `list` tells failures whole at the end, where a log that was cut still has them.
  reporter: [['list'], ['json', { outputFile: 'test-results/report.json' }]],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  // Every journey runs both ways, but for those that are about one of them: they carry its tag.
  projects: [
    { name: 'with-javascript', grepInvert: /@without-javascript/ },
    { name: 'without-javascript', grepInvert: /@with-javascript/, use: { javaScriptEnabled: false } },
  ],
});
