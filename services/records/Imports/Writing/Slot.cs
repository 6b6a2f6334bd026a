using Platform.Importing;
using Platform.Records.Objects;

namespace Platform.Records.Imports.Writing;

/// <summary>A record that the batch meets, or makes.</summary>
/// <param name="record">The one that is there; null for a new one.</param>
/// <param name="message">As it is to be.</param>
/// <param name="now">The moment of the change.</param>
internal sealed class Slot(Record? record, V1.Record message, DateTimeOffset now)
{
    public Record? Record => record;

    public V1.Record Message => message;

    public static Slot Of(Record record, DateTimeOffset now) => new(record, record.ToMessage().Clone(), now);

    /// <summary>Fills what is empty; whether anything was.</summary>
    public bool Fill(V1.Record values)
    {
        if (!Blanks.Fill(message, values))
            return false;
        record?.Update(message, now);
        return true;
    }
}
