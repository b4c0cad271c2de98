-- Writes one hash, all or nothing.
-- KEYS[1] its key
-- ARGV[1] mode: upsert, insert, update; ARGV[2] write: merge, replace; ARGV[3] milliseconds to live, 0 for ever
-- ARGV[4] how many of the following are names and values in turn; those behind them are names to take away
-- Answers 1 if it was written, 0 if the mode does not allow it.

-- Redis 6 puts the script's name and line before some errors; the code has to come first.
local function failed(reply)
  if type(reply) ~= 'table' or not reply.err then return nil end
  return {err = (string.gsub(reply.err, '^@user_script: ?%d+: %-?', ''))}
end

local size = redis.pcall('HLEN', KEYS[1])
if failed(size) then return failed(size) end
if ARGV[1] == 'insert' and size > 0 then return 0 end
if ARGV[1] == 'update' and size == 0 then return 0 end
if ARGV[2] == 'replace' and size > 0 then
  local gone = redis.pcall('DEL', KEYS[1])
  if failed(gone) then return failed(gone) end
end
-- In portions, because Lua takes no more than some thousand arguments.
local last = 4 + tonumber(ARGV[4])
for i = 5, last, 1000 do
  local set = redis.pcall('HSET', KEYS[1], unpack(ARGV, i, math.min(i + 999, last)))
  if failed(set) then return failed(set) end
end
for i = last + 1, #ARGV, 1000 do
  local gone = redis.pcall('HDEL', KEYS[1], unpack(ARGV, i, math.min(i + 999, #ARGV)))
  if failed(gone) then return failed(gone) end
end
if ARGV[3] ~= '0' then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
return 1
