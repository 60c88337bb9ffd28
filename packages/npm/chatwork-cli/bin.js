#!/usr/bin/env node
import { runProgram } from "./program.js";

runProgram("chatwork");
