// The two set-ups of the openai package. The lines between the markers stand in docs/clients.md.

// snippet: import
import OpenAI, { AzureOpenAI } from "openai";
// end

export function v1(router, key) {
  // snippet: v1
  const client = new OpenAI({ baseURL: `${router}/openai/v1`, apiKey: key, maxRetries: 0 });
  // end
  return client;
}

export function deployments(router, key) {
  // snippet: deployments
  const client = new AzureOpenAI({ endpoint: router, apiKey: key, apiVersion: "2024-10-21", maxRetries: 0 });
  // end
  return client;
}
