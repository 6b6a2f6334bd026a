namespace Platform.Sidecar.State;

/// <summary>All changes or none, in one script: Redis itself rolls nothing back, so all are checked before the first is made.</summary>
internal static class RedisStateScript
{
    /// <summary>
    /// For each key six arguments: set or delete; the etag, 0 for none; whether only a new item may be written; whether that is noted;
    /// seconds to live, 0 to stay, empty to leave that as it is; the value. Returns 0, or the number of the change that was refused.
    /// </summary>
    public const string Text = """
        local width = 6
        local versions, marks, wrong = {}, {}, {}

        local function look(key)
          if versions[key] ~= nil then return end
          local found = redis.pcall('HMGET', key, 'version', 'first-write')
          wrong[key] = found.err ~= nil
          versions[key] = not found.err and found[1] or ''
          marks[key] = not found.err and found[2] ~= false
        end

        for i, key in ipairs(KEYS) do
          look(key)
          local at = (i - 1) * width
          local kind, etag, new, noted = ARGV[at + 1], ARGV[at + 2], ARGV[at + 3] == '1', ARGV[at + 4] == '1'
          local version = versions[key]
          if kind == 'set' then
            local blind = etag == '0' and not new and not marks[key]
            if version ~= '' and version ~= etag and not blind then return i end
            versions[key] = string.format('%d', (tonumber(version) or 0) + 1)
            marks[key] = marks[key] or noted
          else
            if version ~= '' and version ~= etag and etag ~= '0' then return i end
            versions[key], marks[key] = '', false
          end
        end

        for i, key in ipairs(KEYS) do
          local at = (i - 1) * width
          if ARGV[at + 1] == 'set' then
            if wrong[key] then
              redis.call('DEL', key)
              wrong[key] = false
            end
            redis.call('HSET', key, 'data', ARGV[at + 6])
            if ARGV[at + 4] == '1' then redis.call('HSET', key, 'first-write', 0) end
            redis.call('HINCRBY', key, 'version', 1)
            local live = ARGV[at + 5]
            if live == '0' then
              redis.call('PERSIST', key)
            elseif live ~= '' then
              redis.call('EXPIRE', key, live)
            end
          else
            redis.call('DEL', key)
            wrong[key] = false
          end
        end

        return 0
        """;
}
