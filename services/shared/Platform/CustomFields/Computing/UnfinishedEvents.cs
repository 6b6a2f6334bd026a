using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Access.Fields;
using Platform.Data;
using Platform.Events;

namespace Platform.CustomFields.Computing;

/// <summary>Events that were published before the records in them were computed: they tell what is saved.</summary>
internal sealed class UnfinishedEvents
{
    private readonly List<(OutboxMessage Event, IMessage Message)> _events = [];

    /// <summary>Takes an event whose records may have computed values.</summary>
    public void Add(PlatformDbContext db, OutboxMessage happened, IMessage message)
    {
        var fields = db.Caller.CustomFields;
        var resources = ResourcePaths.Of(message.Descriptor).Resources.Where(resource => resource.HasCustomFields);
        if (resources.Any(resource => resource.Judged.Count > 0 || fields is null || (resource.IsGeneric ? fields.All.Any(known => known.HasComputed) : fields.Of(resource.Name).HasComputed)))
            _events.Add((happened, message));
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _events.Clear();

    /// <summary>Puts what was computed of the tracked records into the events.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="fields">By which custom fields were computed; null where nothing is known of them.</param>
    public void Finish(PlatformDbContext db, TenantFields? fields)
    {
        if (_events.Count == 0)
            return;
        var rows = db.ChangeTracker.Entries<ProtectedEntity>().ToDictionary(entry => (entry.Entity.AccessResource().Info.Name, entry.Entity.Id.ToString()), entry => entry.Entity);
        foreach (var (happened, message) in _events)
        {
            ResourcePaths.Of(message.Descriptor).Visit(message, (record, resource) =>
            {
                if (record.Descriptor.FindFieldByName("id")?.Accessor.GetValue(record) is not string id || !rows.TryGetValue((resource.Name, id), out var row))
                    return;
                if (fields is not null && record.Descriptor.FindFieldByName(ResourceInfo.CustomFields) is { } field && ComputedValues.Of(row) is { } values)
                    field.Accessor.SetValue(record, fields.Of(resource.Name).Published(values));
                if (resource.Judged.Count > 0)
                    db.TellJudged(row, record);
            });
            happened.Tell(message);
        }

        _events.Clear();
    }
}
