using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Actors;

/// <summary>A reminder as it was asked for; <c>Data</c> is JSON.</summary>
internal sealed record ReminderRequest(
    string DueTime, string Period, string Ttl, ReadOnlyMemory<byte>? Data, bool Overwrite, JobFailurePolicy? FailurePolicy)
{
    /// <exception cref="FormatException">The period makes no sense; the message is for the caller.</exception>
    public Job ToDefinition(string name)
    {
        var definition = new Job { Name = name, FailurePolicy = FailurePolicy };
        if (DueTime.Length > 0)
            definition.DueTime = DueTime;
        if (Ttl.Length > 0)
            definition.Ttl = Ttl;
        if (Data is { } data)
            definition.Data = Any.Pack(new BytesValue { Value = ByteString.CopyFrom(data.Span) });
        SetPeriod(definition);
        return definition;
    }

    // A period of nothing is none: the reminder comes once.
    private void SetPeriod(Job definition)
    {
        if (Period.Length == 0)
            return;
        var isIso = Iso8601Duration.TryParse(Period, out var iso);
        var period = isIso ? iso.Time : GoDuration.TryParse(Period, out var duration) ? duration : throw Unsupported();
        if (iso.HasDate || iso.Repeats == 0 || period < TimeSpan.Zero)
            throw Unsupported();
        if (period > TimeSpan.Zero)
            definition.Schedule = "@every " + GoDuration.Format(period);
        if (iso.Repeats is { } repeats)
            definition.Repeats = (uint)repeats;
    }

    private FormatException Unsupported() => new($"unsupported period format: {Period}");
}
