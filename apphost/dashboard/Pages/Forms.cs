using Microsoft.AspNetCore.Http;

namespace Platform.Dashboard.Pages;

/// <summary>Answers to forms: to the script a line of text, without a script the page that the form stood on.</summary>
internal static class Forms
{
    /// <summary>The fields of a form.</summary>
    /// <exception cref="BadHttpRequestException">The body is no form, or a larger one than any here.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
            throw new BadHttpRequestException("The body is no form.");
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException failure)
        {
            throw new BadHttpRequestException($"The form cannot be read: {failure.Message}", failure);
        }
    }

    public static IResult Answer(HttpRequest request, string? problem, string done)
    {
        if (request.Headers["X-Requested-With"] == "dashboard")
            return Results.Text(problem ?? done, statusCode: problem is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
        if (problem is not null)
            return Results.Text(problem, statusCode: StatusCodes.Status409Conflict);
        // Only the path: whatever the header says, the browser stays here.
        var back = Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var page) ? page.PathAndQuery : "/";
        return Results.LocalRedirect(back.StartsWith("//", StringComparison.Ordinal) ? "/" : back);
    }
}
