/**
 * The load tester: chat completions to the URLs it was given, and to nothing else, and what became of them. docs/load.md is its
 * manual.
 *
 * <p>The way of a call: {@link io.github.regionrouter.lab.load.Loop} (when) → {@link io.github.regionrouter.lab.load.CallDeck}
 * (what, to whom) → {@link io.github.regionrouter.lab.load.ChatClient} (over the wire) →
 * {@link io.github.regionrouter.lab.load.CallResult} → {@link io.github.regionrouter.lab.load.Recorder} →
 * {@link io.github.regionrouter.lab.load.LoadReport} → text, JSON, HTML.
 */
@NullMarked
package io.github.regionrouter.lab.load;

import org.jspecify.annotations.NullMarked;
