#!/usr/bin/env node
import { runCommand } from '../dist/cli.js';

void runCommand(process.argv.slice(2));
