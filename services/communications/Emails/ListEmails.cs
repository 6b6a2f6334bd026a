using FluentValidation;
using Platform.Errors;
using Platform.Paging;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Communications.Emails;

internal static class ListEmails
{
    private const int MostAddresses = 50;

    public sealed class Validator : AbstractValidator<V1.ListEmailsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.To).Must(addresses => addresses.Count <= MostAddresses).WithMessage(_ => Say($"Name at most {MostAddresses} addresses."));
            RuleForEach(request => request.To).Line(320);
        }
    }

    public static async Task<Result<V1.ListEmailsResponse>> Handle(V1.ListEmailsRequest request, CommunicationsDbContext db, CancellationToken cancellationToken)
    {
        var filter = $"{request.Status}|{request.SourceType}|{request.SourceId}|{string.Join(' ', request.To)}";
        var page = await Filter(db.Emails, request).ToPageAsync(request.PageSize, request.PageToken, filter, cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListEmailsResponse { NextPageToken = page.Value.NextPageToken };
        response.Emails.AddRange(page.Value.Items.Select(WithoutBodies));
        return response;
    }

    private static IQueryable<Email> Filter(IQueryable<Email> rows, V1.ListEmailsRequest request)
    {
        if (request.Status != V1.EmailStatus.Unspecified)
            rows = rows.Where(row => row.Status == request.Status);
        if (request.SourceType.Length > 0)
            rows = rows.Where(row => row.SourceType == request.SourceType);
        if (request.SourceId.Length > 0)
            rows = rows.Where(row => row.SourceId == request.SourceId);
        var addresses = request.To.Where(address => address.Length > 0).ToList();
        if (addresses.Count > 0)
            rows = rows.Where(row => addresses.Contains(row.To));
        return rows;
    }

    // A page of bodies would be megabytes that nobody reads in a list.
    private static V1.Email WithoutBodies(Email email)
    {
        var message = email.ToMessage();
        message.TextBody = "";
        message.HtmlBody = "";
        return message;
    }
}
