namespace DrAssistant.Data.Import.Demo.People;

/// <summary>How a community writes a name.</summary>
internal enum NameStyle
{
    /// <summary>Sunita Pawar</summary>
    GivenFamily,

    /// <summary>S. Ramesh: the father's initial in front, no family name.</summary>
    InitialGiven,

    /// <summary>Karthik R.: the same, the initial behind.</summary>
    GivenInitial,

    /// <summary>Zubeida: one name; the form's second field has a dash.</summary>
    Single,

    /// <summary>Gurpreet Singh, Gurpreet Kaur: one given name for both, the second by sex.</summary>
    SinghKaur,
}

/// <summary>People who share their names, their language and, mostly, where they come from. All invented by combination.</summary>
internal sealed record DemoCommunity(
    string Language, string Male, string Female, string Family, IReadOnlyList<NameStyle> Styles, IReadOnlyList<DemoPlace> Places)
{
    public IReadOnlyList<string> MaleNames { get; } = Male.Split(' ');

    public IReadOnlyList<string> FemaleNames { get; } = Female.Split(' ');

    public IReadOnlyList<string> FamilyNames { get; } = Family.Split(' ');
}

/// <summary>The communities of a practice in a large city; how often one stands here is how often it comes.</summary>
internal static class DemoCommunities
{
    private static readonly NameStyle[] WithFamily = [NameStyle.GivenFamily];
    private static readonly NameStyle[] MostlyInitials = [NameStyle.InitialGiven, NameStyle.GivenInitial, NameStyle.InitialGiven, NameStyle.Single];
    private static readonly NameStyle[] SomeInitials = [NameStyle.GivenFamily, NameStyle.GivenFamily, NameStyle.GivenFamily, NameStyle.GivenInitial];
    private static readonly NameStyle[] SomeSingle = [NameStyle.GivenFamily, NameStyle.GivenFamily, NameStyle.GivenFamily, NameStyle.Single];

    public static IReadOnlyList<DemoCommunity> All { get; } =
    [
        Marathi(), Hindi(), Tamil(), Telugu(), Kannada(), Malayali(), Bengali(), Gujarati(), Punjabi(), Urdu(), Konkani(), Odia(), Assamese(), Mizo(),
        Marathi(), Hindi(), Tamil(), Telugu(), Kannada(), Urdu(),
    ];

    private static DemoCommunity Marathi() => new(
        "mr",
        "Sachin Prashant Vaibhav Ganesh Mangesh Tushar Nilesh Kedar Shrikant Vitthal Dnyaneshwar Omkar Yash Atharva",
        "Sunanda Vaishali Manisha Ashwini Pallavi Shubhangi Mrunal Sayali Rukmini Tanvi Ujwala Swara Janhavi Kusum",
        "Pawar Jadhav Kulkarni Shinde Gaikwad Bhosale Joshi Kamble More Chavan Sawant Patil Thorat Ghorpade",
        WithFamily,
        [new("Pune", "Pune", "Maharashtra", "411004"), new("Nashik", "Nashik", "Maharashtra", "422001"), new("Satara", "Satara", "Maharashtra", "415001")]);

    private static DemoCommunity Hindi() => new(
        "hi",
        "Rajesh Amit Sanjay Vikas Manoj Deepak Ramswaroop Harish Shyamlal Anurag Nitin Aarav Vivaan Kishan",
        "Anita Rekha Pooja Neha Savitri Kiran Shanti Ritu Meenakshi Ananya Sushila Kamlesh Diya Phoolmati",
        "Sharma Verma Yadav Mishra Tiwari Gupta Singh Chauhan Maurya Pandey Rawat Saxena Prajapati Kumar",
        SomeSingle,
        [new("Lucknow", "Lucknow", "Uttar Pradesh", "226010"), new("Bhopal", "Bhopal", "Madhya Pradesh", "462016"), new("Patna", "Patna", "Bihar", "800001")]);

    private static DemoCommunity Tamil() => new(
        "ta",
        "Ramesh Karthik Murugan Senthil Subramanian Balamurugan Arun Selvam Vignesh Natarajan Palani Kathir Iniyan Anbu",
        "Lakshmi Kavitha Meenakshi Revathi Selvi Malarvizhi Thenmozhi Saraswathi Nithya Poongodi Yazhini Kamakshi Valli Amudha",
        "Pillai Mudaliar Chettiar Nadar Iyengar Thevar Gounder",
        MostlyInitials,
        [new("Chennai", "Chennai", "Tamil Nadu", "600004"), new("Madurai", "Madurai", "Tamil Nadu", "625001"), new("Coimbatore", "Coimbatore", "Tamil Nadu", "641012")]);

    private static DemoCommunity Telugu() => new(
        "te",
        "Venkatesh Srinivas Ravi Nagaraju Prasad Chaitanya Suresh Mallesh Tarun Koteswara Siddhartha Rohith Anjaneyulu Charan",
        "Padmavathi Sirisha Swapna Anasuya Lavanya Mounika Jyothi Sridevi Bhavani Keerthi Nagamani Sahithi Varalakshmi Haritha",
        "Reddy Rao Naidu Chowdary Yadav Gunturu Kolli Vemuri Kandula Goud Pothula Yerramilli",
        SomeInitials,
        [new("Hyderabad", "Hyderabad", "Telangana", "500034"), new("Vijayawada", "NTR", "Andhra Pradesh", "520010"), new("Warangal", "Hanamkonda", "Telangana", "506001")]);

    private static DemoCommunity Kannada() => new(
        "kn",
        "Manjunath Basavaraj Girish Prakash Raghavendra Shivakumar Lokesh Mahadev Chetan Darshan Puneeth Siddappa Nagesh Advaith",
        "Gayathri Shobha Vasanthi Nagarathna Bhagya Sumitra Roopa Chaitra Ambika Spoorthi Jayamma Sharada Deeksha Geetha",
        "Gowda Hegde Shetty Bhat Naik Patil Hiremath Acharya Rai Kulkarni Murthy Angadi",
        SomeInitials,
        [new("Bengaluru", "Bengaluru Urban", "Karnataka", "560034"), new("Mysuru", "Mysuru", "Karnataka", "570001"), new("Hubballi", "Dharwad", "Karnataka", "580020")]);

    private static DemoCommunity Malayali() => new(
        "ml",
        "Biju Anoop Joseph Vishnu Shaji Mathew Rajeev Sreejith Abhilash Jithin Kuriakose Unnikrishnan Adithyan Noufal",
        "Geetha Sreelakshmi Annamma Bindu Rosamma Parvathy Ammini Ashwathy Jincy Leela Mariamma Devika Shahina Omana",
        "Nair Menon Varghese Kurian Pillai Chacko Nambiar Panicker Joseph Thomas Warrier Puthenpurayil",
        SomeInitials,
        [new("Kochi", "Ernakulam", "Kerala", "682016"), new("Kottayam", "Kottayam", "Kerala", "686001"), new("Kozhikode", "Kozhikode", "Kerala", "673004")]);

    private static DemoCommunity Bengali() => new(
        "bn",
        "Subhash Anirban Debashish Partha Sourav Tapan Amitava Rahul Bidhan Arindam Swapan Ishaan",
        "Sharmila Moushumi Ruma Sutapa Aparna Ratna Mousumi Debjani Tanushree Purnima Titli Malati",
        "Banerjee Mukherjee Chatterjee Das Ghosh Dutta Bose Sarkar Mondal Saha Bhattacharya Biswas",
        WithFamily,
        [new("Kolkata", "Kolkata", "West Bengal", "700019"), new("Siliguri", "Darjeeling", "West Bengal", "734001"), new("Agartala", "West Tripura", "Tripura", "799001")]);

    private static DemoCommunity Gujarati() => new(
        "gu",
        "Hitesh Jignesh Bharat Chirag Dhaval Mukesh Kanti Parth Nirav Dinesh Vrajlal Meet",
        "Hetal Daksha Bhavna Jyotsna Kinjal Ila Ranjan Komal Urvashi Manjula Khushi Nirmala",
        "Patel Shah Mehta Desai Parmar Solanki Trivedi Chaudhari Vaghela Modi Panchal Dalal",
        WithFamily,
        [new("Ahmedabad", "Ahmedabad", "Gujarat", "380009"), new("Surat", "Surat", "Gujarat", "395003"), new("Rajkot", "Rajkot", "Gujarat", "360001")]);

    private static DemoCommunity Punjabi() => new(
        "pa",
        "Gurpreet Harjeet Manpreet Balwinder Jaspal Sukhdev Amrit Paramjit Navdeep Kulwant Fateh Jagjit",
        "Simran Harleen Jasleen Navneet Ravinder Kulwinder Amarjit Rajwant Mandeep Satnam Gurleen Surinder",
        "Sandhu Gill Dhillon Sidhu Grewal Bajwa",
        [NameStyle.SinghKaur],
        [new("Amritsar", "Amritsar", "Punjab", "143001"), new("Ludhiana", "Ludhiana", "Punjab", "141001"), new("Chandigarh", "Chandigarh", "Chandigarh", "160017")]);

    private static DemoCommunity Urdu() => new(
        "ur",
        "Imran Faizan Salim Abdul Mohammed Nadeem Rizwan Ashraf Zaid Yusuf Shabbir Arif Ayaan Haroon",
        "Zubeida Shabana Nasreen Rukhsar Mehjabeen Farida Noorjahan Ayesha Saira Tabassum Inaya Hameeda Zainab Afreen",
        "Khan Ansari Pathan Siddiqui Mirza Begum Shaikh Naqvi Attar Bagwan",
        SomeSingle,
        [new("Hyderabad", "Hyderabad", "Telangana", "500002"), new("Srinagar", "Srinagar", "Jammu and Kashmir", "190001"), new("Malegaon", "Nashik", "Maharashtra", "423203")]);

    private static DemoCommunity Konkani() => new(
        "en",
        "Joaquim Savio Lawrence Nelson Aloysius Melwyn Roque Denzil Ian Kevin",
        "Maria Philomena Lourdes Sandra Gladys Fatima Lavina Natasha Zelia Conceição",
        "D'Souza Fernandes Pereira Lobo Rodrigues Pinto Sequeira D'Mello",
        WithFamily,
        [new("Margao", "South Goa", "Goa", "403601"), new("Mangaluru", "Dakshina Kannada", "Karnataka", "575002")]);

    private static DemoCommunity Odia() => new(
        "or",
        "Bibhuti Prafulla Jagannath Soumya Niranjan Pradeep Sibani Biswajit",
        "Sasmita Mamata Pratima Sanjukta Lopamudra Itishree Basanti Kuni",
        "Mohanty Sahoo Nayak Panda Behera Rout Munda Patnaik",
        WithFamily,
        [new("Bhubaneswar", "Khordha", "Odisha", "751001"), new("Rourkela", "Sundargarh", "Odisha", "769001")]);

    private static DemoCommunity Assamese() => new(
        "as",
        "Pranjal Dhruba Bhaskar Rituraj Hemanta Tomba",
        "Rimjhim Barsha Junmoni Nandini Thoibi Ibemhal",
        "Borah Kalita Deka Saikia Hazarika Ningthoujam",
        WithFamily,
        [new("Guwahati", "Kamrup Metropolitan", "Assam", "781001"), new("Imphal", "Imphal West", "Manipur", "795001")]);

    private static DemoCommunity Mizo() => new(
        "en",
        "Lalthanmawia Vanlalruata Banrilang Kitboklang Tenzin Temjen",
        "Lalrinpuii Zothansangi Iaishah Daphisha Pema Imkonglemla",
        "Ralte Sailo Lyngdoh Kharkongor Longkumer Bhutia",
        SomeSingle,
        [new("Aizawl", "Aizawl", "Mizoram", "796001"), new("Shillong", "East Khasi Hills", "Meghalaya", "793001"), new("Gangtok", "Gangtok", "Sikkim", "737101")]);
}
