using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Activities;
using Platform.Contacts.Leads.Scoring;
using Platform.Data;
using Platform.Filtering;

namespace Platform.Contacts.Leads.Assignment;

/// <summary>Finds out who gets a lead, in the transaction that writes it.</summary>
internal sealed class LeadAssigner
{
    /// <summary>Where entries on timelines come from by which a rule tells that it gave a lead away.</summary>
    public const string Source = "platform.lead-assignment";

    private readonly ContactsDbContext _db;
    private readonly FilterContext _context;
    private readonly List<(V1.LeadAssignmentRule Rule, BoundFilter<Lead> Condition)> _rules;
    private readonly HashSet<Guid> _departed;
    private readonly LeadScorer? _scorer;
    private readonly Dictionary<string, IReadOnlyList<Guid>> _teams = new(StringComparer.Ordinal);
    private bool _isHeld;

    private LeadAssigner(ContactsDbContext db, FilterContext context, List<(V1.LeadAssignmentRule, BoundFilter<Lead>)> rules, HashSet<Guid> departed, LeadScorer? scorer) =>
        (_db, _context, _rules, _departed, _scorer) = (db, context, rules, departed, scorer);

    /// <summary>By the company's rules; a condition that no longer fits its fields is passed over.</summary>
    /// <exception cref="InvalidOperationException">The caller's fields are not known, so that no condition can be decided on: a programming error.</exception>
    public static async Task<LeadAssigner> OfAsync(ContactsDbContext db, TeamDirectory teams, TimeProvider time, CancellationToken cancellationToken)
    {
        if (db.Caller.CustomFields is null)
            throw new InvalidOperationException("Leads are not given away while the company's fields are not known.");
        var context = FilterContext.Of(db, time);
        var rules = (await LeadAssignmentSet.OfAsync(db, cancellationToken)).Rules.Select(rule => (rule, LeadConditions.Bind(rule.Filter, context, strict: false)))
            .Where(rule => !rule.Item2.IsError).Select(rule => (rule.rule, rule.Item2.Value!)).ToList();
        // Before it is saved, a lead has no score yet.
        var scorer = rules.Exists(rule => rule.Item2.Fields.Contains(LeadScorer.Field)) ? await LeadScorer.OfAsync(db, time, cancellationToken) : null;
        var assigner = new LeadAssigner(db, context, rules, rules.Count == 0 ? [] : [.. await db.DepartedMembers.Select(member => member.UserId).ToListAsync(cancellationToken)], scorer);
        // Before anything is held: another service may have to be asked.
        foreach (var (rule, _) in rules.Where(one => one.rule.RoundRobin?.TeamIds.Count > 0))
            assigner._teams[rule.Name] = await teams.MembersAsync(db.Caller.RequiredTenantId, rule.RoundRobin.TeamIds, cancellationToken);
        return assigner;
    }

    /// <summary>Holds the rules until the transaction ends, where some give leads away in turn: whoever holds leads too holds these first.</summary>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        if (!_isHeld && _rules.Any(rule => rule.Rule.RoundRobin is not null))
            await TakeHoldAsync(cancellationToken);
    }

    /// <summary>Gives the lead to somebody, and says so on its timeline; the rule that decided, null where none did.</summary>
    public async Task<string?> AssignAsync(Lead lead, DateTimeOffset now, CancellationToken cancellationToken)
    {
        _scorer?.Judge(lead);
        foreach (var (rule, _) in _rules.Where(one => one.Condition.Evaluate(lead, _context)))
        {
            if (await FindAsync(rule, lead, cancellationToken) is not { } owner)
                continue;
            if (lead.OwnerId != owner)
                Give(lead, owner, rule, now);
            return rule.Name;
        }

        return null;
    }

    private async Task<Guid?> FindAsync(V1.LeadAssignmentRule rule, Lead lead, CancellationToken cancellationToken) => rule.WayCase switch
    {
        V1.LeadAssignmentRule.WayOneofCase.OwnerId => Present(rule.OwnerId),
        V1.LeadAssignmentRule.WayOneofCase.Territories => Present(rule.Territories.Territories_.FirstOrDefault(territory => territory.Has(lead.Address))?.OwnerId ?? ""),
        V1.LeadAssignmentRule.WayOneofCase.RoundRobin => await NextAsync(rule, cancellationToken),
        _ => null,
    };

    private Guid? Present(string user) => user.ToIdOrNull() is { } id && !_departed.Contains(id) ? id : null;

    private async Task<Guid?> NextAsync(V1.LeadAssignmentRule rule, CancellationToken cancellationToken)
    {
        var named = rule.RoundRobin.UserIds.Concat(_teams.GetValueOrDefault(rule.Name, []).Select(user => user.ToString()));
        var users = named.Except(rule.RoundRobin.PausedUserIds, StringComparer.OrdinalIgnoreCase).Select(Present).OfType<Guid>().Distinct().ToList();
        return users.Count == 0 ? null : users[(int)((await TurnAsync(rule.Name, cancellationToken) - 1) % users.Count)];
    }

    // Turns are taken one after the other: whoever takes one holds the rules until his leads are there.
    private async Task<long> TurnAsync(string rule, CancellationToken cancellationToken)
    {
        if (!_isHeld)
            await TakeHoldAsync(cancellationToken);
        var turns = await _db.Database.SqlQuery<long>(
            $"""
            INSERT INTO assignment_turns (tenant_id, rule, turn) VALUES ({_db.Caller.RequiredTenantId}, {rule}, 1)
            ON CONFLICT (tenant_id, rule) DO UPDATE SET turn = assignment_turns.turn + 1 RETURNING turn AS "Value"
            """).ToListAsync(cancellationToken);
        return turns[0];
    }

    private async Task TakeHoldAsync(CancellationToken cancellationToken)
    {
        await _db.LeadAssignments.FromSql($"SELECT *, xmin FROM lead_assignments FOR NO KEY UPDATE").AsNoTracking().ToListAsync(cancellationToken);
        _isHeld = true;
    }

    private void Give(Lead lead, Guid owner, V1.LeadAssignmentRule rule, DateTimeOffset now)
    {
        lead.GiveTo(owner, now);
        var entry = Activity.Create(
            new V1.Activity { LeadId = lead.Id.ToString(), Kind = V1.ActivityKind.System, Subject = $"Assigned by the rule '{rule.Name}'", SourceType = Source, SourceId = $"{Guid.CreateVersion7()}", OwnerId = $"{owner}" }, now);
        _db.Activities.Follow(entry);
        _db.Activities.Add(entry);
        _db.Publish(entry.Id, new V1.ActivityCreated { Activity = entry.ToMessage() });
    }
}
