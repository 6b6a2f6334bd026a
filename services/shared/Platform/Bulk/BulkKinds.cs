using Google.Protobuf;

namespace Platform.Bulk;

/// <summary>What a service lets be worked on by the many.</summary>
/// <param name="find">The kind of record of a resource's name; null for one that cannot be.</param>
/// <param name="ended">Its event that a job has ended, and who is to be told; empty for nobody.</param>
internal sealed class BulkKinds(Func<string, BulkKind?> find, Func<V1.BulkJob, string, IMessage> ended)
{
    public BulkKind? Find(string resource) => find(resource);

    public IMessage Ended(V1.BulkJob job, string user) => ended(job, user);
}
