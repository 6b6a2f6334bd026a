using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.Deals.Deals;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Tenancy;
using Platform.Validation;

namespace Platform.Deals.History;

internal static class ListDealChanges
{
    private static readonly FilterSchema<DealChange> Schema = FilterSchema.Of<DealChange>(fields => fields.Number("number", change => change.Number, sortable: true));

    public sealed class Validator : AbstractValidator<V1.ListDealChangesRequest>
    {
        public Validator() => RuleFor(request => request.DealId).Id();
    }

    public static async Task<Result<V1.ListDealChangesResponse>> Handle(
        V1.ListDealChangesRequest request, DealsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(request.DealId);
        if (!await db.Deals.AnyAsync(row => row.Id == id, cancellationToken))
            return DealErrors.NotFound(request.DealId);
        var list = new ListRequest(request.PageSize, request.PageToken) { OrderBy = "number desc", Query = request.DealId };
        var page = await db.Changes.Where(change => change.DealId == id).ToPageAsync(Schema, list, FilterContext.Of(db.Caller, time), cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListDealChangesResponse { NextPageToken = page.Value.NextPageToken };
        response.Changes.AddRange(page.Value.Items.Select(change => ToMessage(change, db.Caller)));
        return response;
    }

    private static V1.DealChange ToMessage(DealChange change, Caller caller)
    {
        var seesAmounts = caller.CanRead(Deal.Resource.Info, "reporting_amount");
        return new V1.DealChange
        {
            Id = change.Id.ToString(),
            DealId = change.DealId.ToString(),
            ChangeTime = change.CreateTime.ToTimestamp(),
            ActorKind = System.Enum.Parse<Audit.V1.ActorKind>(change.ActorKind.ToString()),
            Actor = change.Actor,
            OnBehalfOf = change.OnBehalfOf,
            Fields = { change.From.ChangesTo(change.To).Where(field => caller.CanRead(Deal.Resource.Info, field.Field)) },
            ReportingAmount = seesAmounts ? change.To.Reported : null,
            FromReportingAmount = seesAmounts ? change.From.Reported : null,
        };
    }
}
