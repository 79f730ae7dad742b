-- wrk: posts the file BODY to URL with HEADERS (one a line), and ends with "requests seconds failed".
local file = assert(io.open(os.getenv("BODY"), "rb"))
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["content-type"] = "application/json"
wrk.headers["api-key"] = "caller"
for name, value in os.getenv("HEADERS"):gmatch("([^:\n]+): ([^\n]+)") do
  wrk.headers[name] = value
end

local path = os.getenv("URL"):match("^http://[^/]+(/.*)$")
local bytes

function init(args)
  bytes = wrk.format(nil, path)
end

function request()
  return bytes
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("%d %.3f %d\n", summary.requests, summary.duration / 1e6,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
