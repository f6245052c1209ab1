-- Sixteen requests in one write, before any of their answers has come.
local batch

function init()
  local request = wrk.format("GET", "/")
  local requests = {}
  for i = 1, 16 do
    requests[i] = request
  end
  batch = table.concat(requests)
end

function request()
  return batch
end
