-- A JSON document of 1 KiB, as a form on a page would send it.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local items = {}
for i = 1, 15 do
  items[i] = string.format('{"id":%d,"name":"chair number %02d","price":%d.5,"sizes":[%d,%d,%d]}',
    i, i, 100 + i, i, i + 1, i + 2)
end
wrk.body = '{"order":"2026-11-21","customer":"Ada Lovelace","items":[' .. table.concat(items, ",") .. ']}'
