using System.Reflection;
using System.Text.RegularExpressions;
using DrAssistant.Data.Common;
using DrAssistant.Portal.Components;
using DrAssistant.Portal.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Tests.Architecture;

/// <summary>A page is closed, and knows doors, and neither what is behind them nor the request that it came by.</summary>
public sealed partial class ThePages
{
    /// <summary>Where a request, and not a circuit, is at work: static pages, and the document that every page stands in.</summary>
    private static readonly string[] OfARequest = ["DrAssistant.Portal/Components/Account/", "DrAssistant.Portal/Components/App.razor"];

    private static readonly Type[] Components =
        [.. typeof(App).Assembly.GetTypes().Where(type => typeof(IComponent).IsAssignableFrom(type) && !type.IsAbstract)];

    /// <summary>A page that says nothing is closed (_Imports.razor); what is open is listed here.</summary>
    [Fact]
    public void are_closed_to_strangers_but_three()
    {
        var pages = Components.Where(type => type.IsDefined(typeof(RouteAttribute))).ToList();
        var open = pages.Where(page => page.IsDefined(typeof(AllowAnonymousAttribute)) || !page.IsDefined(typeof(AuthorizeAttribute)));

        Assert.True(pages.Count > 1);
        Assert.Equal(["SignInPage", "VerifyPage", "WelcomePage"], open.Select(page => page.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void are_given_doors_and_nothing_else_of_ours()
    {
        var given = from component in Components
                    from service in Injected(component)
                    where service.Assembly == typeof(Refusal).Assembly && !service.IsInterface && service != typeof(ClinicClock)
                    select $"{component.Name} is given {service.Name}.";

        Findings.None(given);
    }

    [Fact]
    public void do_not_know_the_request()
    {
        var knowing = Repository.Files
            .Where(file => file.StartsWith("DrAssistant.Portal/Components/", StringComparison.Ordinal))
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => !OfARequest.Any(place => file.StartsWith(place, StringComparison.Ordinal)))
            .Where(file => Request().IsMatch(File.ReadAllText(Repository.PathOf(file))));

        // In a circuit it is null, or the request of somebody else's page.
        Findings.None(knowing);
    }

    private static IEnumerable<Type> Injected(Type component)
        => component.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType)
            .Concat(component.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(property => property.IsDefined(typeof(InjectAttribute))).Select(property => property.PropertyType));

    [GeneratedRegex(@"\b(HttpContext|IHttpContextAccessor|HttpRequest|HttpResponse)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Request();
}
