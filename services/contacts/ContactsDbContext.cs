using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Bulk;
using Platform.Contacts.Activities;
using Platform.Contacts.Chores;
using Platform.Contacts.Companies;
using Platform.Contacts.Consents;
using Platform.Contacts.ContactPoints;
using Platform.Contacts.Duplicates;
using Platform.Contacts.Forms;
using Platform.Contacts.Imports.Undoing;
using Platform.Contacts.Leads;
using Platform.Contacts.Leads.Assignment;
using Platform.Contacts.Leads.Converting;
using Platform.Contacts.Leads.Scoring;
using Platform.Contacts.Merging;
using Platform.Contacts.People;
using Platform.Contacts.Relations;
using Platform.Contacts.Segments;
using Platform.Contacts.Segments.Keeping;
using Platform.Data;
using Platform.Monetary.Rates;
using Platform.Publishing;
using Platform.Tenancy.Quotas;

namespace Platform.Contacts;

/// <summary>The unit of work of the contacts domain.</summary>
public sealed class ContactsDbContext(DbContextOptions<ContactsDbContext> options) : PlatformDbContext(options)
{
    internal ProtectedSet<Company> Companies => ProtectedRows<Company>();

    internal ProtectedSet<Person> People => ProtectedRows<Person>();

    internal ProtectedSet<Lead> Leads => ProtectedRows<Lead>();

    internal ProtectedSet<Activity> Activities => ProtectedRows<Activity>();

    internal ProtectedSet<Relation> Relations => ProtectedRows<Relation>();

    internal DbSet<ConsentStatement> ConsentStatements => Set<ConsentStatement>();

    internal DbSet<DeletedDeal> DeletedDeals => Set<DeletedDeal>();

    internal DbSet<Merge> Merges => Set<Merge>();

    internal DbSet<MergedRecord> MergedRecords => Set<MergedRecord>();

    internal DbSet<MergeMove> MergeMoves => Set<MergeMove>();

    internal DbSet<DuplicateRuleSet> DuplicateRuleSets => Set<DuplicateRuleSet>();

    internal DbSet<DuplicatePair> DuplicatePairs => Set<DuplicatePair>();

    internal DbSet<DuplicateCheck> DuplicateChecks => Set<DuplicateCheck>();

    internal DbSet<LeadAssignmentSet> LeadAssignments => Set<LeadAssignmentSet>();

    internal DbSet<LeadScoringSet> LeadScorings => Set<LeadScoringSet>();

    internal DbSet<ScoreRun> ScoreRuns => Set<ScoreRun>();

    internal DbSet<LeadConversion> LeadConversions => Set<LeadConversion>();

    internal DbSet<LeadForm> LeadForms => Set<LeadForm>();

    internal DbSet<PublicAddress> PublicAddresses => Set<PublicAddress>();

    internal DbSet<DepartedMember> DepartedMembers => Set<DepartedMember>();

    internal DbSet<Segment> Segments => Set<Segment>();

    internal DbSet<SegmentMember> SegmentMembers => Set<SegmentMember>();

    internal DbSet<SegmentRun> SegmentRuns => Set<SegmentRun>();

    internal DbSet<Import> Imports => Set<Import>();

    internal DbSet<ImportedRecord> ImportedRecords => Set<ImportedRecord>();

    internal DbSet<Chore> Chores => Set<Chore>();

    /// <summary>PostgreSQL's <c>lower</c>, in queries only.</summary>
    internal static string Lower(string text) => throw new NotSupportedException($"'{text}' is folded by PostgreSQL only.");

    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        DuplicateChecks.AddRange(WrittenRecords.Of(ChangeTracker));
        OwnerChange.Publish(this, OwnersTold.Tell);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task JudgeAsync(IReadOnlyCollection<ProtectedEntity> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        // A writer from here on, before the rules are read: whoever applies others waits for it.
        await Database.ExecuteSqlAsync($"SELECT pg_current_xact_id()", cancellationToken);
        var scorer = await LeadScorer.OfAsync(this, Time, cancellationToken);
        foreach (var lead in rows.OfType<Lead>())
            scorer.Judge(lead);
    }

    /// <inheritdoc />
    protected override void TellJudged(ProtectedEntity row, IMessage record)
    {
        if (row is not Lead lead || record is not V1.Lead message)
            return;
        message.ClearScore();
        if (lead.Score is { } score)
            message.Score = score;
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        PointScripts.Convert(configurationBuilder);
        configurationBuilder.Properties<V1.CurrentConsents>().HaveConversion<MessageConverter<V1.CurrentConsents>, MessageComparer<V1.CurrentConsents>>().HaveColumnType("jsonb");
    }

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        model.HasDbFunction(((Func<string, string>)Lower).Method).HasName("lower").IsBuiltIn();
        CompanyConfiguration.Map(model.Entity<Company>());
        PersonConfiguration.Map(model.Entity<Person>());
        LeadConfiguration.Map(model.Entity<Lead>());
        ActivityConfiguration.Map(model.Entity<Activity>());
        Relation.Map(model.Entity<Relation>());
        ConsentStatement.Map(model.Entity<ConsentStatement>());
        DeletedDeal.Map(model.Entity<DeletedDeal>());
        Merge.Map(model.Entity<Merge>());
        MergedRecord.Map(model.Entity<MergedRecord>());
        MergeMove.Map(model.Entity<MergeMove>());
        DuplicateRuleSet.Map(model.Entity<DuplicateRuleSet>());
        DuplicatePair.Map(model.Entity<DuplicatePair>());
        DuplicateCheck.Map(model.Entity<DuplicateCheck>());
        MatchPoint.Map(model.Entity<MatchPoint>());
        LeadAssignmentSet.Map(model.Entity<LeadAssignmentSet>());
        AssignmentTurn.Map(model.Entity<AssignmentTurn>());
        LeadScoringSet.Map(model.Entity<LeadScoringSet>());
        ScoreRun.Map(model.Entity<ScoreRun>());
        LeadConversion.Map(model.Entity<LeadConversion>());
        LeadForm.Map(model.Entity<LeadForm>());
        PublicAddress.Map(model.Entity<PublicAddress>());
        DepartedMember.Map(model.Entity<DepartedMember>());
        Segment.Map(model.Entity<Segment>());
        SegmentMember.Map(model.Entity<SegmentMember>());
        SegmentCheck.Map(model.Entity<SegmentCheck>());
        SegmentRun.Map(model.Entity<SegmentRun>());
        Import.Map(model.Entity<Import>());
        ImportedRecord.Map(model.Entity<ImportedRecord>());
        Chore.Map(model.Entity<Chore>());
        model.MapReporting();
        model.MapBulk();
        Quota.Map(model.Entity<Quota>());
    }
}
