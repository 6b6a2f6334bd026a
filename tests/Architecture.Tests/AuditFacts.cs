using System.Reflection;
using System.Text.RegularExpressions;
using Platform.Auditing;
using Platform.Data;
using Platform.Tenancy;
using Xunit;

namespace Architecture.Tests;

public sealed partial class AuditFacts
{
    private static readonly IReadOnlyList<string> WithDatabase =
        [.. Repository.Services.Where(service => service.Value.GetTypes().Any(type => type.IsSubclassOf(typeof(PlatformDbContext)))).Select(service => service.Key)];

    [Fact]
    public void Every_service_with_a_database_is_asked_for_its_log()
    {
        var logs = (IReadOnlyList<string>)Repository.Services["tenants"].GetType("Platform.Tenants.Audit.ServiceLogs")!.GetField("All")!.GetValue(null)!;
        Assert.NotEmpty(logs);
        Assert.Equal(WithDatabase.Order(), logs.Order());
    }

    [Fact]
    public void What_is_kept_out_of_the_log_has_a_reason()
    {
        var kept = Repository.Services.Values.Append(typeof(PlatformDbContext).Assembly).SelectMany(assembly => assembly.GetTypes())
            .Select(type => (type, Reason: type.GetCustomAttribute<NotAuditedAttribute>()?.Reason)).Where(entity => entity.Reason is not null).ToList();
        Assert.True(kept.Count >= 6, $"Only {kept.Count} were found.");
        Assert.All(kept, entity =>
        {
            Assert.True(entity.type.IsAssignableTo(typeof(ITenantOwned)), $"{entity.type.Name} is no entity.");
            Assert.True(entity.Reason!.Length > 15 && entity.Reason.EndsWith('.'), $"{entity.type.Name}: say why in a sentence.");
        });
    }

    [Fact]
    public void Statements_past_the_change_tracker_tell_the_log_what_they_do()
    {
        var files = Repository.Files("*.cs", "services").Where(file => !Repository.Relative(file).StartsWith("services/shared", StringComparison.Ordinal)).ToList();
        Assert.True(files.Count > 50);
        var statements = files.Where(file => Statement().IsMatch(File.ReadAllText(file))).ToList();
        Assert.NotEmpty(statements);
        Assert.Empty(Unaudited.Keys.Except(statements.Select(file => Path.GetFileName(file)!)));
        Assert.All(statements, file => Assert.True(
            Unaudited.ContainsKey(Path.GetFileName(file)) || File.ReadAllText(file).Contains(".Audit", StringComparison.Ordinal),
            $"{Repository.Relative(file)} changes rows that the change tracker does not see: use AuditCreatedAsync, AuditChangedAsync or AuditDeletedAsync."));
    }

    // Statements that need no entry, or whose callers write it, each with the reason.
    private static readonly Dictionary<string, string> Unaudited = new()
    {
        ["RateChanges.cs"] = "It counts the changes of rates, each of which is in the log.",
        ["AccessChanges.cs"] = "Counts the changes of rights; each change is an entry of its own.",
        ["BulkInserts.cs"] = "Its two callers tell of the same rows.",
        ["SettleConversion.cs"] = "Ends what is under way only, which is kept out of the log.",
        ["CheckDuplicates.cs"] = "Changes what comparisons found and work to be done only, which is kept out of the log.",
        ["Comparison.cs"] = "Notes what comparisons found only, which is kept out of the log.",
        ["UpdateDuplicateRules.cs"] = "Takes away what comparisons found only, which is kept out of the log; the rules are in it.",
        ["DuplicateSweep.cs"] = "Changes what comparisons found and work to be done only, which is kept out of the log.",
        ["MatchPointScripts.cs"] = "Keeps by what records are found, which repeats what stands in them; their changes are in the log.",
        ["WrittenRecords.cs"] = "Notes work to be done only, which is kept out of the log.",
        ["ScoreLeads.cs"] = "What scores become follows from the rules, whose change is in the log: an entry for each lead would say nothing else.",
        ["CheckSegments.cs"] = "Changes work to be done only, which is kept out of the log.",
        ["Membership.cs"] = "Changes who is a member of a segment, which is kept out of the log; calls that do are entries of their own.",
        ["UndoKind.cs"] = "Takes away what comparisons found only, which is kept out of the log; the records go with their entries.",
        ["UndoWorker.cs"] = "Changes work to be done, and what is noted of an import, only, which is kept out of the log.",
        ["SegmentScripts.cs"] = "Notes work to be done only, which is kept out of the log.",
        ["LiveRows.cs"] = "Names what has changed for some minutes, which is kept out of the log; the changes are in it.",
        ["LeadAssigner.cs"] = "Counts turns only; each lead that is given away is an entry of its own.",
        ["FollowerRows.cs"] = "Writes who wants to hear of what, which is kept out of the log.",
        ["OnRecordGone.cs"] = "Forgets who wants to hear of what, which is kept out of the log; that the record goes is an entry of its own.",
        ["MarkNotificationsRead.cs"] = "Notes that messages to a person are read, which are kept out of the log.",
        ["Teller.cs"] = "Writes messages to people, which are kept out of the log; what they tell of is in it.",
        ["TakeProducts.cs"] = "Notes which products are in use only, which is kept out of the log; each line that takes one is an entry of its document.",
        ["PastDeal.cs"] = "Keeps what a deal was that goes; that it goes is an entry of its own.",
        ["KeptDeals.cs"] = "Changes work to be done, and which deals are gone, only, which are kept out of the log; that a deal goes or comes back is an entry of its service.",
        ["DeliveryQueue.cs"] = "Changes work to be done only, which is kept out of the log.",
        ["LocalApiKeySource.cs"] = "Notes when a key was used, which is kept out of the log.",
        ["MergeLog.cs"] = "Changes what is kept of merges; the merged records are in the log themselves.",
        ["Reminders.cs"] = "Changes work to be done only, which is kept out of the log.",
        ["PostgresIndex.cs"] = "Changes copies of records only, which are kept out of the log; the change of each record is an entry of its service.",
        ["Numbering.cs"] = "Changes number series only, which are kept out of the log.",
        ["OnObjectTypeChanged.cs"] = "Takes work on copies of values away, which is kept out of the log; each record that goes is an entry of its own.",
        ["OnRelationPurged.cs"] = "Takes the way back of values away, which is kept out of the log; the purged field is an entry of its own.",
        ["RecordPurger.cs"] = "Takes the way back of values away, which is kept out of the log; each record that goes is an entry of its own.",
        ["SchemaChanges.cs"] = "Counts the changes of fields; each change is an entry of its own.",
        ["DescribeDevice.cs"] = "Notes a browser for the journal of sign-ins, which is a log itself.",
        ["JournalLease.cs"] = "Moves a place in a journal, which is kept out of the log.",
        ["StagedRows.cs"] = "Follows a change of a pipeline, which is an entry of its own; of deals nobody changed anything.",
        ["SignInCleaner.cs"] = "Deletes what is too old of the journal of sign-ins, which is a log itself.",
    };

    [GeneratedRegex(@"ExecuteUpdateAsync|ExecuteDeleteAsync|INSERT INTO|\bUPDATE [a-z_]+ (AS \w+ )?SET|DELETE FROM")]
    private static partial Regex Statement();
}
