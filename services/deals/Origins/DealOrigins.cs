using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access.Teams;
using Platform.Contacts.V1;
using Platform.Data;
using Platform.Deals.Deals;
using Platform.Errors;
using Platform.Tenancy;
using static Platform.Languages.Wording;

namespace Platform.Deals.Origins;

/// <summary>To which team a deal belongs and where it came from, where nobody says it; other services are asked, so before anything is locked.</summary>
internal sealed class DealOrigins(CompanyTeams teams, LeadsService.LeadsServiceClient leads, Caller caller)
{
    // Asked for once in a scope, which is a batch of many deals for jobs.
    private IReadOnlyList<Tenants.V1.Team>? _known;

    /// <summary>Fills in what a new deal does not say; what is wrong with the team that it names.</summary>
    public async Task<Error?> BeginAsync(V1.Deal deal, CancellationToken cancellationToken)
    {
        if (await CheckAsync(deal.TeamId, cancellationToken) is { } unknown)
            return unknown;
        if (deal.TeamId.Length == 0 && (deal.OwnerId.ToIdOrNull() ?? Self) is { } owner)
            deal.TeamId = await TeamOfAsync(owner, cancellationToken) ?? "";
        if (string.IsNullOrWhiteSpace(deal.Source) && deal.PersonId.Length > 0)
            deal.Source = await SourceOfAsync(deal.PersonId, cancellationToken);
        return null;
    }

    /// <summary>A deal that is given to somebody else belongs to the team of that person, unless the change names a team; what is wrong with that.</summary>
    /// <param name="stored">The deal.</param>
    /// <param name="change">What was sent.</param>
    /// <param name="mask">The fields of it that are meant; null for those that are set.</param>
    /// <param name="merged">As it is to be.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    public async Task<Error?> FollowAsync(Deal stored, V1.Deal change, FieldMask? mask, V1.Deal merged, CancellationToken cancellationToken)
    {
        // A team that is no more stays where it is: only another one is looked up.
        if (NamesTeam(change, mask))
            return merged.TeamId.ToIdOrNull() == stored.TeamId ? null : await CheckAsync(merged.TeamId, cancellationToken);
        if (merged.OwnerId.ToIdOrNull() is { } owner && owner != stored.OwnerId && caller.Access?.FieldsOf(Deal.Resource.Info.Name).IsWritable("team_id") is not false)
            merged.TeamId = await TeamOfAsync(owner, cancellationToken) ?? merged.TeamId;
        return null;
    }

    private static bool NamesTeam(V1.Deal change, FieldMask? mask) => mask is { Paths.Count: > 0 } ? mask.Paths.Any(path => path is "*" or "team_id" or "teamId") : change.TeamId.Length > 0;

    private Guid? Self => caller.Kind == CallerKind.Person ? caller.Subject.ToIdOrNull() : null;

    private async Task<Error?> CheckAsync(string team, CancellationToken cancellationToken)
    {
        if (team.ToIdOrNull() is not { } id)
            return null;
        if (_known?.Any(known => known.Id.ToIdOrNull() == id) is not true)
            _known = await teams.FindWithAsync(caller.RequiredTenantId, id, cancellationToken);
        if (_known is not { } all)
            return CompanyTeams.Unavailable;
        return all.Any(known => known.Id.ToIdOrNull() == id) ? null : Error.Invalid("deal.teamId", Say($"There is no team with id '{team}'."));
    }

    // The team that was there first of those that the person is in; empty for none, null where that is not known.
    private async Task<string?> TeamOfAsync(Guid user, CancellationToken cancellationToken) =>
        (_known ??= await teams.FindAsync(caller.RequiredTenantId, cancellationToken)) is { } all
            ? all.Where(team => team.MemberIds.Any(member => member.ToIdOrNull() == user)).Select(team => team.Id).Order(StringComparer.Ordinal).FirstOrDefault("") : null;

    // Of the lead that became the person last, as far as the caller sees it. A deal is made without a source rather than not.
    private async Task<string> SourceOfAsync(string person, CancellationToken cancellationToken)
    {
        try
        {
            var found = await leads.ListLeadsAsync(
                new ListLeadsRequest { Filter = $"converted_person_id = \"{person}\"", OrderBy = "convert_time desc", PageSize = 1 }, cancellationToken: cancellationToken);
            return found.Leads.FirstOrDefault()?.Source ?? "";
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            return "";
        }
    }
}
