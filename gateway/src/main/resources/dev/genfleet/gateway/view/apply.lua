-- Applies one record of Kafka to the view of its job: commutative and idempotent, keyed by topic, partition and offset.
--
-- KEYS  1 hash of the job   2 epoch   3 offsets   4 all jobs
-- ARGV  1 epoch, or empty when the record is applied out of turn (then no offset is kept)
--       2 topic/partition   3 offset of the record   4 job id   5 prefix of the view's keys   6 seconds kept after the end
--       7 kind: queued, event, or skip   8 JSON of the job, or {"type":…,"data":…}   9 the job's model
-- Answers -1 when the epoch is another one, 1 when something changed, else 0.

if ARGV[1] ~= '' and redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return -1
end

local function newer(known, topic_partition, offset)
  if not known then return true end
  local at, known_offset = string.match(known, '^(.*)/(%d+)$')
  if at == topic_partition then return tonumber(offset) > tonumber(known_offset) end
  return topic_partition > at
end

-- The same rules as JobView.fold: the first terminal event wins, a failure counts from the last lease only, a lease that ended in
-- good order leaves the job queued.
local function fold(facts)
  local events = {}
  for i = 1, #facts, 2 do
    local partition, offset = string.match(facts[i], '^event:(%d+):(%d+)$')
    if partition then
      local event = cjson.decode(facts[i + 1])
      events[#events + 1] = {
        partition = tonumber(partition), offset = tonumber(offset), at = partition .. ':' .. offset,
        type = event.type, lease = event.data.lease_id or event.data.lease
      }
    end
  end
  table.sort(events, function(a, b)
    if a.partition ~= b.partition then return a.partition < b.partition end
    return a.offset < b.offset
  end)
  local state, lease, held = 'queued', nil, nil
  for _, event in ipairs(events) do
    if event.type == 'LEASED' then
      if event.lease ~= lease then
        lease = event.lease
        held = lease
        state = 'starting'
      end
    elseif event.type == 'STARTED' then
      if event.lease == held then state = 'processing' end
    elseif event.type == 'RELEASED' then
      if event.lease == held then
        held = nil
        state = 'queued'
      end
    elseif event.type ~= 'FAILED' or not event.lease or not lease or event.lease == lease then
      return string.lower(event.type), event.at .. ':' .. event.type
    end
  end
  return state, nil
end

local changed = 0
if ARGV[7] == 'queued' then
  if newer(redis.call('HGET', KEYS[1], 'job@'), ARGV[2], ARGV[3]) then
    redis.call('HSET', KEYS[1], 'job', ARGV[8], 'job@', ARGV[2] .. '/' .. ARGV[3])
    redis.call('ZADD', KEYS[4], 0, ARGV[4])
    redis.call('ZADD', ARGV[5] .. 'model:' .. ARGV[9], 0, ARGV[4])
    changed = 1
  end
elseif ARGV[7] == 'event' then
  local partition = string.match(ARGV[2], '(%d+)$')
  changed = redis.call('HSETNX', KEYS[1], 'event:' .. partition .. ':' .. ARGV[3], ARGV[8])
end

if changed == 1 then
  local facts = redis.call('HGETALL', KEYS[1])
  local state, terminal = fold(facts)
  local known = redis.call('HGET', KEYS[1], 'state')
  redis.call('HSET', KEYS[1], 'state', state)
  if terminal then
    redis.call('HSET', KEYS[1], 'terminal', terminal)
  else
    redis.call('HDEL', KEYS[1], 'terminal')
  end
  local at = redis.call('HGET', KEYS[1], 'job@')
  if at then
    local waiting = ARGV[5] .. 'waiting:' .. string.match(at, '^(.*)/%d+/%d+$')
    if known then redis.call('ZREM', ARGV[5] .. 'state:' .. known, ARGV[4]) end
    redis.call('ZADD', ARGV[5] .. 'state:' .. state, 0, ARGV[4])
    if state == 'queued' then
      redis.call('ZADD', waiting, 0, ARGV[4])
    else
      redis.call('ZREM', waiting, ARGV[4])
    end
  end
  if terminal then
    redis.call('EXPIRE', KEYS[1], ARGV[6])
  else
    redis.call('PERSIST', KEYS[1])
  end
end

if ARGV[1] ~= '' then
  local known = tonumber(redis.call('HGET', KEYS[3], ARGV[2]) or '0')
  local next_offset = tonumber(ARGV[3]) + 1
  if next_offset > known then redis.call('HSET', KEYS[3], ARGV[2], string.format('%.0f', next_offset)) end
end
return changed
