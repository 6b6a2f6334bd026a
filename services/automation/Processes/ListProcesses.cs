using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Automation.Processes;

internal static class ListProcesses
{
    public sealed class Validator : AbstractValidator<V1.ListProcessesRequest>
    {
        public Validator()
        {
            RuleFor(request => request.SubjectId).OptionalId();
            RuleFor(request => request.Status).IsInEnum().WithMessage("There is no such status.");
        }
    }

    public static async Task<Result<V1.ListProcessesResponse>> Handle(V1.ListProcessesRequest request, AutomationDbContext db, CancellationToken cancellationToken)
    {
        var rows = db.Processes.Include(row => row.Steps).AsQueryable();
        if (request.SubjectType.Length > 0)
            rows = rows.Where(row => row.SubjectType == request.SubjectType);
        if (request.SubjectId.ToIdOrNull() is { } subject)
            rows = rows.Where(row => row.SubjectId == subject);
        if (request.Status != V1.ProcessStatus.Unspecified)
            rows = rows.Where(row => row.Status == request.Status);
        var page = await rows.ToPageAsync(request.PageSize, request.PageToken, $"{request.SubjectType} {request.SubjectId} {request.Status}", cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListProcessesResponse { NextPageToken = page.Value.NextPageToken };
        response.Processes.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
