using Google.Rpc;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.Contacts.Chores;
using Platform.Contacts.Merging;
using Platform.Data;
using Platform.Deals.V1;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Contacts.Leads.Converting;

/// <summary>
/// Makes the deal of a conversion, as the caller, before the lead is converted. That it is asked for is written down first, in a transaction of
/// its own, so that the deal goes again if the lead is not converted, whatever happens in between.
/// </summary>
internal sealed class ConversionDeals(DealsService.DealsServiceClient deals, ContactsDbContext db, IServiceScopeFactory scopes, TimeProvider time)
{
    // Longer than a call to another service and what is done after it.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Makes the deal and converts; without the second there is no deal either.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="convertAsync">Converts the lead as planned.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="RpcException">The deals domain refuses, or is away.</exception>
    public async Task<Result<V1.ConvertLeadResponse>> ConvertAsync(
        V1.ConvertLeadRequest request, Func<ConversionPlan, Guid, Task<Result<V1.ConvertLeadResponse>>> convertAsync, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(request.Id);
        if (await db.Leads.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } lead)
            return await db.MissingAsync(MergeKinds.Leads, id, cancellationToken);
        if (lead.IsConverted)
            return LeadErrors.AlreadyConverted(lead);
        var targets = new ConversionTargets(db, lead, time.GetUtcNow());
        if (await targets.FindAsync(request.PersonId.ToIdOrNull(), request.CompanyId.ToIdOrNull(), cancellationToken) is { } missing)
            return missing;
        var plan = targets.Plan();
        db.ChangeTracker.Clear();

        var conversion = new LeadConversion { LeadId = id, PersonId = plan.PersonId, CompanyId = plan.CompanyId, Subject = db.Caller.Subject };
        if (await NoteAsync(conversion, cancellationToken) is { } running)
            return running;
        await CreateDealAsync(DealOf(request.Deal, lead, plan), conversion.Id, cancellationToken);
        return await UnlessRefusedAsync(() => convertAsync(plan, conversion.Id), conversion.Id, cancellationToken);
    }

    private async Task<Result<V1.ConvertLeadResponse>> UnlessRefusedAsync(Func<Task<Result<V1.ConvertLeadResponse>>> convertAsync, Guid conversion, CancellationToken cancellationToken)
    {
        try
        {
            var result = await convertAsync();
            if (result.IsError)
                await SettleAsync(conversion, hasDeal: true, cancellationToken);
            return result;
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            // What policies and limits refuse.
            await SettleAsync(conversion, hasDeal: true, cancellationToken);
            throw;
        }
    }

    private async Task<Error?> NoteAsync(LeadConversion conversion, CancellationToken cancellationToken)
    {
        await using var scope = Open();
        var own = scope.ServiceProvider.GetRequiredService<ContactsDbContext>();
        own.LeadConversions.Add(conversion);
        own.Chores.Add(Chore.Of(ChoreKind.SettleConversion, conversion.Id, time.GetUtcNow() + Longest));
        return await own.TrySaveChangesAsync(cancellationToken, new UniqueViolation(LeadConversion.OneOfALead, ConversionErrors.Running));
    }

    private async Task CreateDealAsync(Deal deal, Guid conversion, CancellationToken cancellationToken)
    {
        try
        {
            await deals.CreateDealAsync(new CreateDealRequest { Deal = deal, ConversionId = conversion.ToString() }, cancellationToken: cancellationToken);
        }
        catch (RpcException refused) when (!cancellationToken.IsCancellationRequested)
        {
            var told = refused.GetRpcStatus() is { } status && status.GetDetail<ErrorInfo>() is { Domain: Error.Domain } ? status : null;
            // Without a refusal of its own nobody knows whether the deal was made.
            await SettleAsync(conversion, told is null || refused.StatusCode is StatusCode.Unavailable, cancellationToken);
            throw told?.ToRpcException() ?? ConversionErrors.DealsUnavailable.ToRpcException();
        }
    }

    private async Task SettleAsync(Guid conversion, bool hasDeal, CancellationToken cancellationToken)
    {
        await using var scope = Open();
        await scope.ServiceProvider.GetRequiredService<SettleConversion>().TryEndAsync(conversion, hasDeal, cancellationToken);
    }

    private AsyncServiceScope Open()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(db.Caller.RequiredTenantId, "conversions", db.Caller.CausedBy);
        return scope;
    }

    private Deal DealOf(V1.ConversionDeal asked, Lead lead, ConversionPlan plan)
    {
        var deal = new Deal
        {
            Name = asked.Name.Trim().Length > 0 ? asked.Name : NameOf(lead),
            CompanyId = plan.CompanyId.ToIdText(),
            PersonId = plan.PersonId.ToString(),
            PipelineId = asked.PipelineId,
            StageId = asked.StageId,
            Currency = asked.Currency.Length > 0 ? asked.Currency : asked.Amount?.Currency ?? "",
            AmountEstimate = asked.Amount,
            CloseDate = asked.CloseDate,
            OwnerId = asked.OwnerId.Length > 0 ? asked.OwnerId : Seen("owner_id", lead.OwnerId.ToIdText()),
        };
        if (asked.CustomFields is { } custom)
            deal.CustomFields = custom;
        return deal;
    }

    private string NameOf(Lead lead) => Seen("company_name", lead.CompanyName) is { Length: > 0 } company
        ? company
        : $"{Seen("first_name", lead.FirstName)} {Seen("last_name", lead.LastName)}".Trim();

    // Nobody learns by a deal what they may not see of the lead.
    private string Seen(string field, string value) => db.Caller.CanRead(Lead.Resource.Info, field) ? value : "";
}
