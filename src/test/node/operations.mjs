// What the clients do; each returns what the test is to see. `pause` returns when the test has let time pass.

const weather = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const hello = [{ role: "user", content: "Hello there" }];

export async function chat(client) {
  // snippet: chat
  const chat = await client.chat.completions.create({
    model: "gpt-4o",
    messages: [{ role: "user", content: "Hello there" }],
  });
  // end
  return { text: chat.choices[0].message.content };
}

export async function stream(client) {
  let text = "";
  const chunks = await client.chat.completions.create({ model: "gpt-4o", messages: hello, stream: true });
  for await (const chunk of chunks) {
    text += chunk.choices[0]?.delta?.content ?? "";
  }
  return { text };
}

export async function embeddings(client) {
  const answer = await client.embeddings.create({ model: "text-embedding-3-small", input: "text", dimensions: 4 });
  return { dimensions: answer.data[0].embedding.length };
}

export async function tools(client, pause) {
  const tools = [{ type: "function", function: { name: "weather", parameters: weather } }];
  const asked = await client.chat.completions.create({ model: "gpt-4o", messages: hello, tools });
  const call = asked.choices[0].message.tool_calls[0];
  await pause();
  const result = { role: "tool", tool_call_id: call.id, content: "18 degrees" };
  const messages = [...hello, asked.choices[0].message, result];
  const answered = await client.chat.completions.create({ model: "gpt-4o", messages, tools });
  return { name: call.function.name, arguments: call.function.arguments, text: answered.choices[0].message.content };
}

export async function transcription(client) {
  const file = new File([Uint8Array.from({ length: 70_000 }, (_, i) => i % 256)], "speech.wav");
  const heard = await client.audio.transcriptions.create({ model: "whisper", file });
  return { text: heard.text };
}

export async function responses(client, pause) {
  const made = await client.responses.create({ model: "gpt-4o", input: "Hello there" });
  await pause();
  // snippet: follow-up
  const followed = await client.responses.create({
    model: "gpt-4o",
    input: "And then?",
    previous_response_id: made.id,
  });
  // end
  return { id: made.id, text: made.output_text, followed: followed.output_text };
}
