using System.Collections;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Platform.Auditing;

/// <summary>
/// The rows inside resources as the change tracker knows them. They change without their owner being marked as changed, and
/// what an owner held before is spread over entries of its former rows.
/// </summary>
internal sealed class TrackedParts
{
    private readonly Dictionary<(IEntityType Type, string Owner), List<EntityEntry>> _rows = [];

    public TrackedParts(IEnumerable<EntityEntry> owned)
    {
        foreach (var entry in owned)
        {
            AnyChanged |= entry.State != EntityState.Unchanged;
            var key = (entry.Metadata, KeyOf(entry, entry.Metadata.FindOwnership()!.Properties));
            if (!_rows.TryGetValue(key, out var rows))
                _rows[key] = rows = [];
            rows.Add(entry);
        }
    }

    public bool AnyChanged { get; }

    /// <summary>The part as it is.</summary>
    public static string Now(AuditedPart part, object owner) => FieldWriter.Render(json => WriteNow(json, part, owner));

    /// <summary>The part as it was read from the database.</summary>
    public string Before(AuditedPart part, EntityEntry owner) => FieldWriter.Render(json => WriteBefore(json, part, owner));

    private static void WriteNow(Utf8JsonWriter json, AuditedPart part, object owner)
    {
        var value = part.Of(owner);
        if (!part.Navigation.IsCollection)
        {
            WriteNow(json, part.Plan, value);
            return;
        }

        json.WriteStartArray();
        foreach (var row in (IEnumerable?)value ?? Array.Empty<object>())
            WriteNow(json, part.Plan, row);
        json.WriteEndArray();
    }

    private static void WriteNow(Utf8JsonWriter json, AuditPlan plan, object? row)
    {
        if (row is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        FieldWriter.WriteRow(json, plan, field => field.Of(row));
        foreach (var part in plan.Parts)
        {
            json.WritePropertyName(part.Name);
            WriteNow(json, part, row);
        }

        json.WriteEndObject();
    }

    private void WriteBefore(Utf8JsonWriter json, AuditedPart part, EntityEntry owner)
    {
        var former = Former(part, owner);
        if (!part.Navigation.IsCollection)
        {
            WriteBefore(json, part.Plan, former.FirstOrDefault());
            return;
        }

        json.WriteStartArray();
        foreach (var row in former)
            WriteBefore(json, part.Plan, row);
        json.WriteEndArray();
    }

    private void WriteBefore(Utf8JsonWriter json, AuditPlan plan, EntityEntry? row)
    {
        if (row is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        var originals = row.OriginalValues;
        FieldWriter.WriteRow(json, plan, field => originals[field.Property]);
        foreach (var part in plan.Parts)
        {
            json.WritePropertyName(part.Name);
            WriteBefore(json, part, row);
        }

        json.WriteEndObject();
    }

    // In the order of their positions, which are the last part of the key of a row in a collection.
    private IEnumerable<EntityEntry> Former(AuditedPart part, EntityEntry owner)
    {
        var key = (part.Navigation.TargetEntityType, KeyOf(owner, part.Navigation.ForeignKey.PrincipalKey.Properties));
        return _rows.GetValueOrDefault(key, []).Where(row => row.State is not EntityState.Added).OrderBy(PositionOf);
    }

    private static int PositionOf(EntityEntry row) => row.CurrentValues[row.Metadata.FindPrimaryKey()!.Properties[^1]] is int position ? position : 0;

    private static string KeyOf(EntityEntry entry, IReadOnlyList<IProperty> properties)
    {
        var values = entry.CurrentValues;
        return string.Join('|', properties.Select(property => Convert.ToString(values[property], CultureInfo.InvariantCulture)));
    }
}
