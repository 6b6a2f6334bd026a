using Microsoft.Extensions.Options;

namespace Platform.Contacts.Merging;

/// <summary>What time it is for merges, and how long one can be taken back.</summary>
internal sealed class MergeClock(TimeProvider time, IOptions<ContactsOptions> options)
{
    public DateTimeOffset Now => time.GetUtcNow();

    public TimeSpan Grace => options.Value.UnmergeWithin;
}
