using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Data;
using Platform.Deals.Deals;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Deals.Origins;

/// <summary>Asks the contacts domain, as the caller, with whom the deal is that the conversion of a lead begins: they may not be there yet.</summary>
internal sealed class Conversions(ConversionsService.ConversionsServiceClient conversions)
{
    /// <summary>What is wrong with whom the deal names; it takes the source of the lead, as far as the caller sees it, where it has none.</summary>
    public async Task<Error?> CheckAsync(Guid id, V1.Deal deal, CancellationToken cancellationToken)
    {
        try
        {
            var conversion = await conversions.GetConversionAsync(new GetConversionRequest { Id = id.ToString() }, cancellationToken: cancellationToken);
            if (conversion.CompanyId.ToIdOrNull() != deal.CompanyId.ToIdOrNull())
                return Error.Invalid("deal.companyId", Say($"It is not the company of the conversion."));
            if (conversion.PersonId.ToIdOrNull() != deal.PersonId.ToIdOrNull())
                return Error.Invalid("deal.personId", Say($"It is not the person of the conversion."));
            deal.Source = string.IsNullOrWhiteSpace(deal.Source) ? conversion.Lead.Source : deal.Source;
            return null;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode switch
            {
                StatusCode.NotFound => Error.Invalid("conversionId", Say($"You convert no lead under this id.")),
                StatusCode.PermissionDenied => Error.PermissionDenied("contacts.read"),
                _ => DealErrors.ContactsUnavailable,
            };
        }
    }
}
